package dev.parley.server.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.0.1,true",
        "10.0.0.0/8,11.0.0.0,false",
        "192.168.4.0/22,192.168.7.255,true",
        "192.168.4.0/22,192.168.8.0,false",
        "127.0.0.1,127.0.0.1,true",
        "127.0.0.1,127.0.0.2,false",
        "0.0.0.0/0,203.0.113.1,true",
        "fd00::/8,fd12::1,true",
        "fd00::/8,fe80::1,false",
        "::1,127.0.0.1,false",
        "192.168.1.128/25,192.168.1.127,false",
        "192.168.1.128/25,192.168.1.200,true",
        "10.1.2.2/31,10.1.2.3,true",
        "0.0.0.0/0,::1,false",
        "::/0,10.1.2.3,false",
        "::ffff:10.0.0.0/8,10.1.1.1,true",
    })
    void containsWhatItsBitsSay(String block, String address, boolean expected) {
        assertThat(Cidr.parse(block).contains(InetAddress.ofLiteral(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0.0/8/8",
                "/8",
                "10.0.0",
                "1",
                "256.0.0.1",
                "fd00::/129",
                "a::b::c"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessageContaining("address block");
    }

    @Test
    void countsEveryBitWithoutAPrefix() {
        assertThat(Cidr.parse("::1").prefix()).isEqualTo(128);
    }

    @Test
    void namesTheBlockThatWasMeantWhenBitsAreSetBeyondThePrefix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse("10.1.2.3/8"))
                .withMessageContaining("10.0.0.0/8");
    }

    @Test
    void readsListsWithCommas() {
        CidrList list = CidrList.parse("10.0.0.0/8, fd00:8000::/17");
        assertThat(list).hasToString("10.0.0.0/8,fd00:8000:0:0:0:0:0:0/17");
        assertThat(list.contains(InetAddress.ofLiteral("10.9.9.9"))).isTrue();
        assertThat(list.contains(InetAddress.ofLiteral("11.9.9.9"))).isFalse();
        assertThat(CidrList.parse(" ").blocks()).isEmpty();
    }
}
