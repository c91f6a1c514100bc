package dev.parley.server.platform.outbound;

import static dev.parley.server.platform.outbound.Calls.LONG;
import static dev.parley.server.platform.outbound.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Outbound.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name stays in SNI, certificate check and Host while the connection goes to the address that was checked. */
class GuardedHttpTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final HostLookup NAMES =
            Calls.names(Map.of("api.example", List.of("127.0.0.1"), "other.example", List.of("127.0.0.1")));

    @TempDir
    Path folder;

    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private KeyStore keys;
    private SSLServerSocket listener;

    @BeforeEach
    void start() throws Exception {
        keys = selfSigned(folder.resolve("keys.p12"), "api.example");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    @Test
    void shouldKeepTheNameInSniAndHost() {
        try (GuardedHttp http = trusting()) {
            assertThat(Calls.text(http.call(post(uri("api.example"), "{}", LONG))))
                    .isEqualTo("secure");
            assertThat(Calls.text(http.call(post(uri("api.example"), "{}", LONG))))
                    .isEqualTo("secure");
            assertThat(names).containsExactly("api.example");
            assertThat(heads.getFirst()).contains("Host: api.example:" + listener.getLocalPort());
        }
    }

    @Test
    void shouldNotSendToACertificateOfAnotherName() {
        try (GuardedHttp http = trusting()) {
            assertThat(http.call(post(uri("other.example"), "{}", LONG)))
                    .isEqualTo(new Exchange.NotSent("the TLS handshake or connection failed"));
            assertThat(requests).hasValue(0);
        }
    }

    @Test
    void shouldNotSendToACertificateThatNobodyVouchesFor() {
        try (GuardedHttp http = Calls.client(Calls.LOOPBACK, NAMES)) {
            assertThat(http.call(post(uri("api.example"), "{}", LONG)))
                    .isEqualTo(new Exchange.NotSent("the TLS handshake or connection failed"));
            assertThat(requests).hasValue(0);
        }
    }

    @Test
    void shouldNotKnowWhatBecameOfARequestThatWasCutAfterTheHandshake() {
        try (GuardedHttp http = trusting()) {
            assertThat(http.call(post(uri("api.example").resolve("/cut"), "{}", LONG)))
                    .isInstanceOf(Exchange.Unknown.class);
            assertThat(requests).hasValue(1);
        }
    }

    private GuardedHttp trusting() {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setTrustStore(keys);
        return GuardedHttp.start(Calls.LOOPBACK, OutboundLimits.DEFAULT, NAMES, tls);
    }

    private URI uri(String host) {
        return URI.create("https://" + host + ":" + listener.getLocalPort() + "/");
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket;
                RawServer reader = new RawServer((_, _) -> {})) {
            socket.startHandshake();
            ((ExtendedSSLSession) socket.getSession())
                    .getRequestedServerNames()
                    .forEach(name -> names.add(nameOf(name)));
            while (reader.read(socket)) {
                requests.incrementAndGet();
                heads.addAll(reader.heads);
                if (reader.heads.getLast().startsWith("POST /cut")) {
                    return;
                }
                RawServer.write(socket, RawServer.ok("secure"));
            }
        } catch (IOException e) {
            // a client that does not trust the certificate goes away
        }
    }

    private static String nameOf(javax.net.ssl.SNIServerName name) {
        return ((javax.net.ssl.SNIHostName) name).getAsciiName();
    }

    private static KeyStore selfSigned(Path file, String host) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host,
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        // entries for trust as well as for the key: the client trusts exactly this certificate
        store.setCertificateEntry("trusted", store.getCertificate("server"));
        return store;
    }
}
