package dev.parley.server.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.net.CidrList;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundGuardTest {

    private static final OutboundGuard PUBLIC_ONLY = new OutboundGuard(CidrList.NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2600::1",
                "2a03:2880:f10c::1",
                "64:ff9b::8.8.8.8"
            })
    void shouldAllowPublicAddressesOverTlsOnly(String address) {
        assertThat(PUBLIC_ONLY.problemWith(InetAddress.ofLiteral(address), true))
                .isNull();
        assertThat(PUBLIC_ONLY.problemWith(InetAddress.ofLiteral(address), false))
                .contains("use https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "::8.8.8.8",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:7f00:1::",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void shouldRefuseEveryOtherAddress(String address) {
        assertThat(PUBLIC_ONLY.problemWith(InetAddress.ofLiteral(address), true))
                .contains("not public");
    }

    @Test
    void shouldAllowWhatIsOnTheListAlsoInPlain() {
        OutboundGuard guard = new OutboundGuard(CidrList.parse("10.1.0.0/16,fd00::/8"));

        assertThat(guard.problemWith(InetAddress.ofLiteral("10.1.255.1"), false))
                .isNull();
        assertThat(guard.problemWith(InetAddress.ofLiteral("::ffff:10.1.2.3"), false))
                .isNull();
        assertThat(guard.problemWith(InetAddress.ofLiteral("fd12::1"), true)).isNull();
        assertThat(guard.problemWith(InetAddress.ofLiteral("10.2.0.1"), true)).contains("private");
        assertThat(guard.problemWith(InetAddress.ofLiteral("64:ff9b::10.1.2.3"), true))
                .contains("private");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ftp://example.com/x, https://",
                "/x, https://",
                "mailto:a@example.com, https://",
                "https://user:pass@example.com/, user name",
                "https://user@example.com/, user name",
                "https:///x, must name a host",
                "https://my_host.example/x, must name a host",
                "https://example.com:0/, port",
                "https://example.com:70000/, port",
                "http://example.com/, use https",
                "https://127.0.0.1/, loopback",
                "https://127.0.0.1./, must name a host",
                "https://LOCALHOST:8443/, loopback",
                "https://a.localhost./, loopback",
                "https://[::1]/, loopback",
                "https://[::ffff:10.0.0.1]:8443/, private",
                "https://169.254.169.254/latest/meta-data, link-local"
            })
    void shouldSayWhatIsWrongWithAUrl(String url, String problem) {
        assertThat(PUBLIC_ONLY.problemWith(URI.create(url))).contains(problem);
    }

    @Test
    void shouldFindNothingWrongWithAPublicUrlOnAnyPort() {
        assertThat(PUBLIC_ONLY.problemWith(URI.create("https://hooks.example.com:8443/a?b=c")))
                .isNull();
        assertThat(PUBLIC_ONLY.problemWith(URI.create("HTTPS://8.8.8.8/"))).isNull();
        assertThat(Calls.LOOPBACK.problemWith(URI.create("http://simulator.internal:9000/")))
                .isNull();
        assertThat(Calls.LOOPBACK.problemWith(URI.create("http://localhost:9000/")))
                .isNull();
        assertThat(Calls.LOOPBACK.problemWith(URI.create("http://8.8.8.8/"))).contains("use https");
    }
}
