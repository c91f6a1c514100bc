package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.SettingKey.optionalSetting;
import static dev.parley.server.platform.settings.SettingKey.setting;
import static dev.parley.server.platform.settings.ValueTypes.oneOf;
import static dev.parley.server.platform.settings.ValueTypes.wholeNumber;

import dev.parley.server.platform.secrets.Secret;
import java.net.URI;
import java.util.List;

/** Settings of files that messages carry. */
final class MediaKeys {

    static final SettingKey<MediaPlace> MEDIA_STORE = setting(
            "media.store",
            oneOf(MediaPlace.class),
            "folder",
            "Where files are kept: in the folder `media` of the data folder, or in a bucket of an S3-compatible store."
                    + " Every node has the same; one that sees another place than its database knows does not start.");
    static final SettingKey<Integer> MEDIA_UPLOADS_AT_ONCE = setting(
            "media.uploadsAtOnce",
            wholeNumber(1, 10000),
            "64",
            "Bodies of over 128 KiB that one node takes in at once; more wait a little, then are answered 503.");
    static final SettingKey<String> MEDIA_S3_BUCKET =
            optionalSetting("media.s3.bucket", ValueTypes.TEXT, "The bucket; required with `media.store=s3`.");
    static final SettingKey<URI> MEDIA_S3_ENDPOINT =
            optionalSetting("media.s3.endpoint", ValueTypes.PUBLIC_URL, "Address of a store other than Amazon's own.");
    static final SettingKey<String> MEDIA_S3_REGION = setting(
            "media.s3.region",
            ValueTypes.TEXT,
            "us-east-1",
            "Region of the bucket; stores other than Amazon's often take any.");
    static final SettingKey<Secret> MEDIA_S3_ACCESS_KEY = new SettingKey<>(
            "media.s3.accessKey",
            ValueTypes.PASSWORD,
            null,
            Secrecy.SECRET,
            "Access key id. Without it and `media.s3.secretKey`: as AWS's own tools find credentials.");
    static final SettingKey<Secret> MEDIA_S3_SECRET_KEY =
            new SettingKey<>("media.s3.secretKey", ValueTypes.PASSWORD, null, Secrecy.SECRET, "Secret access key.");
    static final SettingKey<Boolean> MEDIA_S3_PATH_STYLE = setting(
            "media.s3.pathStyle",
            ValueTypes.BOOLEAN,
            "false",
            "Name the bucket in the path instead of in the host's name, as many stores other than Amazon's want it.");

    static final List<SettingSection> SECTIONS = List.of(new SettingSection(
            "Files",
            List.of(
                    MEDIA_STORE,
                    MEDIA_UPLOADS_AT_ONCE,
                    MEDIA_S3_BUCKET,
                    MEDIA_S3_ENDPOINT,
                    MEDIA_S3_REGION,
                    MEDIA_S3_ACCESS_KEY,
                    MEDIA_S3_SECRET_KEY,
                    MEDIA_S3_PATH_STYLE)));

    private MediaKeys() {}
}
