package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.SettingKey.optionalSetting;
import static dev.parley.server.platform.settings.SettingKey.setting;
import static dev.parley.server.platform.settings.ValueTypes.duration;
import static dev.parley.server.platform.settings.ValueTypes.oneOf;
import static dev.parley.server.platform.settings.ValueTypes.wholeNumber;

import dev.parley.server.platform.net.CidrList;
import dev.parley.server.platform.secrets.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Settings of the process: where it listens, what it keeps where, secrets, logs. */
final class ServerKeys {

    static final SettingKey<String> HOST = setting(
            "host",
            ValueTypes.HOST,
            "127.0.0.1",
            "Address to listen on; `0.0.0.0` is every IPv4 address of the machine.");
    static final SettingKey<Integer> PORT =
            setting("port", wholeNumber(0, 65535), "8080", "Port of the API; 0 takes any free one.");
    static final SettingKey<String> MANAGEMENT_HOST =
            setting("managementHost", ValueTypes.HOST, "127.0.0.1", "Address to listen on for health and metrics.");
    static final SettingKey<Integer> MANAGEMENT_PORT = setting(
            "managementPort",
            wholeNumber(0, 65535),
            "8081",
            "Port of health and metrics, apart from the API so that it need not be public; 0 takes any free one.");
    static final SettingKey<URI> PUBLIC_URL = optionalSetting(
            "publicUrl",
            ValueTypes.PUBLIC_URL,
            "Where clients and providers reach this server, used in callback addresses, links and signatures."
                    + " Without it: the address that it listens on.");
    static final SettingKey<CidrList> TRUSTED_PROXIES = setting(
            "trustedProxies",
            ValueTypes.CIDR_LIST,
            "",
            "Proxies in front of the server whose `Forwarded` and `X-Forwarded-…` headers are believed; no others are.");

    static final SettingKey<Path> DATA = setting(
            "data",
            ValueTypes.FOLDER,
            "parley-data",
            "Folder for the embedded database, media and secrets, made with mode 0700. With `databaseUrl` it holds media"
                    + " and secrets alone, and is the same for all nodes. `demo` uses `demo-data`.");
    static final SettingKey<DatabaseUrl> DATABASE_URL = new SettingKey<>(
            "databaseUrl",
            ValueTypes.DATABASE_URL,
            null,
            Secrecy.HOLDS_PASSWORD,
            "An own PostgreSQL (18 or newer) in place of the embedded one: `postgresql://user@host:5432/database`."
                    + " With several hosts (`host1:5432,host2:5432`) the one that is no replica is used.");
    static final SettingKey<String> DATABASE_USER =
            optionalSetting("databaseUser", ValueTypes.TEXT, "User for `databaseUrl`, when it is not in the address.");
    static final SettingKey<Secret> DATABASE_PASSWORD = new SettingKey<>(
            "databasePassword",
            ValueTypes.PASSWORD,
            null,
            Secrecy.SECRET,
            "Password for `databaseUrl`, when it is not in the address.");
    static final SettingKey<Boolean> DATABASE_ALLOW_UNSAFE = setting(
            "database.allowUnsafe",
            ValueTypes.BOOLEAN,
            "false",
            "Start on a PostgreSQL that has `fsync` or `full_page_writes` off. Accepted messages can then be lost.");
    static final SettingKey<Integer> DATABASE_POOL_SIZE = setting(
            "database.poolSize",
            wholeNumber(4, 500),
            "16",
            "Most connections to the database, per node, but for two by which nodes hear of each other.");

    static final SettingKey<Secret> SECRET_KEY = new SettingKey<>(
            "secretKey",
            ValueTypes.SECRET_KEY,
            null,
            Secrecy.SECRET,
            "Encrypts the secrets of channel accounts. Without it one is made in the data folder (`secret-key`, mode 0600);"
                    + " required with `databaseUrl`. Losing it means entering every account's secrets again.");
    static final SettingKey<Secret> PARTNER_TOKEN = new SettingKey<>(
            "partnerToken",
            ValueTypes.TOKEN,
            null,
            Secrecy.SECRET,
            "Token for `/management`. Without it one is made at the first start and written to `partner-token` in the data"
                    + " folder (mode 0600).");

    static final SettingKey<LogFormat> LOG_FORMAT =
            setting("log.format", oneOf(LogFormat.class), "text", "Lines for people, or one JSON object per line.");
    static final SettingKey<LogLevel> LOG_LEVEL =
            setting("log.level", oneOf(LogLevel.class), "info", "The least severe lines that are written.");
    static final SettingKey<Duration> SHUTDOWN_GRACE = setting(
            "shutdown.grace",
            duration("0s", "10m"),
            "25s",
            "How long a stop waits for open requests and sends; longer than `dispatch.callDeadline` leaves no doubt behind.");

    static final List<SettingSection> SECTIONS = List.of(
            new SettingSection(
                    "Where it listens",
                    List.of(HOST, PORT, MANAGEMENT_HOST, MANAGEMENT_PORT, PUBLIC_URL, TRUSTED_PROXIES)),
            new SettingSection(
                    "Data",
                    List.of(
                            DATA,
                            DATABASE_URL,
                            DATABASE_USER,
                            DATABASE_PASSWORD,
                            DATABASE_ALLOW_UNSAFE,
                            DATABASE_POOL_SIZE)),
            new SettingSection("Secrets", List.of(SECRET_KEY, PARTNER_TOKEN)),
            new SettingSection("Process", List.of(LOG_FORMAT, LOG_LEVEL, SHUTDOWN_GRACE)));

    private ServerKeys() {}
}
