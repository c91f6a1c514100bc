package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.SettingSpec;
import dev.parley.connector.SettingSpec.Form;
import dev.parley.connector.SettingSpec.Kind;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of a WhatsApp account, by name. */
final class WhatsAppSettings {

    static final String PHONE_NUMBER_ID = "phoneNumberId";
    static final String BUSINESS_ACCOUNT_ID = "businessAccountId";
    static final String ACCESS_TOKEN = "accessToken";
    static final String APP_SECRET = "appSecret";
    static final String VERIFY_TOKEN = "verifyToken";
    static final String API_VERSION = "apiVersion";
    static final String BASE_URL = "baseUrl";

    private static final String DEFAULT_VERSION = "v26.0";
    private static final String DEFAULT_URL = "https://graph.facebook.com";

    /** They stand in the paths of requests. */
    private static final Form ID =
            new Form(Pattern.compile("[A-Za-z0-9_-]{1,64}"), "1 to 64 letters, digits, underscores and hyphens");

    private static final Form VERSION =
            new Form(Pattern.compile("v\\d{1,3}\\.\\d{1,3}"), "a version such as " + DEFAULT_VERSION);

    static final List<SettingSpec> ALL = List.of(
            needed(PHONE_NUMBER_ID, false, "The id that Meta gave the phone number, not the number itself.")
                    .in(ID),
            needed(BUSINESS_ACCOUNT_ID, false, "The id of the WhatsApp Business account.")
                    .in(ID),
            needed(ACCESS_TOKEN, true, "A system user's access token with whatsapp_business_messaging."),
            needed(APP_SECRET, true, "The Meta app's secret; it signs the callbacks."),
            needed(VERIFY_TOKEN, true, "A word of your own choice that Meta shows when it verifies the callback URL."),
            new SettingSpec(API_VERSION, Kind.TEXT, false, false, DEFAULT_VERSION, "The version of the Graph API.")
                    .in(VERSION),
            new SettingSpec(
                    BASE_URL, Kind.URL, false, false, DEFAULT_URL, "Where the Graph API is, a proxy or a simulator."));

    private WhatsAppSettings() {}

    static String apiVersion(AccountSettings settings) {
        String version = settings.find(API_VERSION);
        return version == null ? DEFAULT_VERSION : version;
    }

    static String baseUrl(AccountSettings settings) {
        String url = settings.find(BASE_URL);
        return url == null ? DEFAULT_URL : url;
    }

    private static SettingSpec needed(String name, boolean secret, String description) {
        return new SettingSpec(name, Kind.TEXT, true, secret, null, description);
    }
}
