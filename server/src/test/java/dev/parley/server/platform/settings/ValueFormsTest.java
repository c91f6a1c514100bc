package dev.parley.server.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.platform.secrets.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormsTest {

    @ParameterizedTest
    @CsvSource({"500ms,500", "20s,20000", "10m,600000", "24h,86400000", "32d,2764800000", "0s,0"})
    void durations(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.parse(Durations.format(Durations.parse(text)))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "s", "-1s", "1.5s", "1m30s", "20 s", "20S", "9999999999s", "1w"})
    void notDurations(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("500ms");
    }

    @ParameterizedTest
    @CsvSource({"512B,512B", "1024B,1KiB", "140MiB,140MiB", "140 MiB,140MiB", "2048MiB,2GiB", "0B,0B"})
    void sizes(String text, String shown) {
        assertThat(DataSize.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "140", "140MB", "140mib", "-1B", "1.5MiB", "2000GiB", "999999999999GiB"})
    void notSizes(String text) {
        assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDatabaseAddressLosesItsCredentials() {
        DatabaseUrl url = DatabaseUrl.parse(
                "postgresql://us%40er:p%2Fs%3As+w@db1:5432,db2/parley?sslmode=require&application_name=x");
        assertThat(url.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db1:5432,db2/parley?sslmode=require&application_name=x"
                        + "&targetServerType=primary&hostRecheckSeconds=1");
        assertThat(url.user()).isEqualTo("us@er");
        assertThat(url.password()).isEqualTo(new Secret("p/s:s+w"));
        assertThat(url).hasToString("postgresql://db1:5432,db2/parley");
    }

    @Test
    void whichOfSeveralHostsIsUsedCanBeSaid() {
        assertThat(DatabaseUrl.parse("postgresql://db1,db2/parley?hostRecheckSeconds=5&targetServerType=any")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://db1,db2/parley?hostRecheckSeconds=5&targetServerType=any");
    }

    @Test
    void credentialsAmongTheParametersAreFoundToo() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://[::1]:5432/parley?user=u&password=secret-1");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5432/parley");
        assertThat(url.user()).isEqualTo("u");
        assertThat(url.password()).isEqualTo(new Secret("secret-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db", "mysql://h/d", "postgresql://h", "postgresql:///d", "postgresql://h/a/b"})
    void notDatabaseAddresses(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://x.example", "https://x.example/?a=b", "https://u@x.example", "x.example", "https://"})
    void notPublicUrls(String text) {
        assertThatThrownBy(() -> ValueTypes.PUBLIC_URL.parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
