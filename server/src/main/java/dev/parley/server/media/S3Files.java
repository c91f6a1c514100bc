package dev.parley.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Contents as objects {@code <organization>/<sha256>} of one bucket of any S3-compatible store. */
public final class S3Files implements MediaFiles {

    private static final String PLACE = "store-id";
    private static final int NOT_FOUND = 404;
    private static final int SHA256_DIGITS = 64;
    private static final int UUID_DIGITS = 36;

    private final S3Client client;
    private final String bucket;

    /**
     * Where the bucket is.
     *
     * @param endpoint of a store other than Amazon's; null for Amazon's own
     * @param accessKey null, with {@code secretKey}, for the credentials of the machine's surroundings
     * @param pathStyle whether the bucket stands in the path and not in the host's name
     */
    public record Options(
            String bucket,
            @Nullable URI endpoint,
            String region,
            @Nullable String accessKey,
            @Nullable String secretKey,
            boolean pathStyle) {

        /** The bucket alone. */
        @Override
        public String toString() {
            return "Options[" + bucket + "]";
        }
    }

    private S3Files(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Makes a client; nothing is called yet. */
    public static S3Files open(Options options) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(options.region()))
                // Stores other than Amazon's need not know the newer checksums; the content's name is its hash.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(options.pathStyle());
        if (options.endpoint() != null) {
            builder.endpointOverride(options.endpoint());
        }
        if (options.accessKey() != null && options.secretKey() != null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(options.accessKey(), options.secretKey())));
        } else {
            builder.credentialsProvider(DefaultCredentialsProvider.builder().build());
        }
        return new S3Files(builder.build(), options.bucket());
    }

    @Override
    public UUID placeId() throws IOException {
        return called(() -> {
            if (!exists(PLACE)) {
                client.putObject(
                        request -> request.bucket(bucket).key(PLACE),
                        RequestBody.fromString(UUID.randomUUID().toString()));
            }
            // Read back: of two nodes that wrote at once, the later one's stays, and both read that in the end.
            String id = client.getObjectAsBytes(
                            request -> request.bucket(bucket).key(PLACE))
                    .asString(StandardCharsets.UTF_8);
            return UUID.fromString(id.strip());
        });
    }

    @Override
    public boolean has(UUID organization, String sha256) throws IOException {
        return called(() -> exists(key(organization, sha256)));
    }

    @Override
    public void put(UUID organization, String sha256, Path staged) throws IOException {
        String key = key(organization, sha256);
        called(() -> exists(key)
                || client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(staged))
                        .sdkHttpResponse()
                        .isSuccessful());
    }

    @Override
    public InputStream open(UUID organization, String sha256, long from, long length) throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        String range = "bytes=" + from + "-" + (from + length - 1);
        try {
            return new BoundedStream(
                    client.getObject(request -> request.bucket(bucket)
                            .key(key(organization, sha256))
                            .range(range)),
                    length);
        } catch (NoSuchKeyException e) {
            throw new NoSuchFileException(sha256);
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    @Override
    public void delete(UUID organization, String sha256) throws IOException {
        called(() -> client.deleteObject(request -> request.bucket(bucket).key(key(organization, sha256)))
                .sdkHttpResponse()
                .isSuccessful());
    }

    @Override
    public void each(Instant before, Visitor visitor) throws IOException {
        called(() -> {
            for (S3Object object : client.listObjectsV2Paginator(request -> request.bucket(bucket))
                    .contents()) {
                int slash = object.key().indexOf('/');
                boolean ours = slash == UUID_DIGITS && object.key().length() == UUID_DIGITS + 1 + SHA256_DIGITS;
                if (ours && object.lastModified().isBefore(before)) {
                    visitor.visit(
                            UUID.fromString(object.key().substring(0, slash)),
                            object.key().substring(slash + 1),
                            object.size());
                }
            }
            return true;
        });
    }

    private boolean exists(String key) {
        try {
            client.headObject(request -> request.bucket(bucket).key(key));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static String key(UUID organization, String sha256) {
        return organization + "/" + sha256;
    }

    private static <T> T called(Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    /** Without the exception's own text, which may hold keys. */
    private static IOException unreachable(SdkException e) {
        String status = e instanceof S3Exception answer ? ", status " + answer.statusCode() : "";
        return new IOException("the media store could not be used" + status, e);
    }

    @Override
    public void close() {
        client.close();
    }
}
