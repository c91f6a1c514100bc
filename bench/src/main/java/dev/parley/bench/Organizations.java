package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** More organizations beside a world's first, each with an account and candidates who have just written, all made by the API. */
final class Organizations {

    private static final int CLIENTS = 8;
    private static final long FIRST_NUMBER = 110_000_000_000_000L;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final World world;
    private final List<Account> accounts = new ArrayList<>();

    Organizations(World world) {
        this.world = world;
    }

    private record Account(String token, String id) {}

    @FunctionalInterface
    private interface Step {
        void of(int number) throws Exception;
    }

    /** Makes them, and writes threads with their tokens for the load generator. */
    void make(int count, int threads, int batch, FloorDatabase database) throws Exception {
        Map<String, String> tokens = new ConcurrentHashMap<>();
        each(count, number -> {
            JsonNode made = world.management()
                    .create("/organizations", "organizations", Map.of("name", "Bench " + number))
                    .path("data");
            String token = made.path("attributes").path("token").asString();
            tokens.put(made.path("id").asString(), token);
            JsonNode account = Accounts.connect(world.api(token), phone(number), world.simulatorUrl(), 1000);
            synchronized (accounts) {
                accounts.add(new Account(token, account.path("id").asString()));
            }
            world.callBack(
                    phone(number),
                    account.path("attributes").path("callbackUrl").asString(),
                    batch);
            for (int i = 0; i < threads; i++) {
                world.simulator()
                        .post(
                                "/_control/reply",
                                Map.of(
                                        "phoneNumberId",
                                        phone(number),
                                        "from",
                                        "3168" + (1_000_000 + i),
                                        "text",
                                        "Hello"));
            }
        });
        Files.write(world.threads(), targets(tokens, threads * (count + 1), database));
    }

    private static String phone(int number) {
        return Long.toString(FIRST_NUMBER + number);
    }

    private List<String> targets(Map<String, String> tokens, int wanted, FloorDatabase database)
            throws IOException, SQLException {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> targets = new ArrayList<>();
            try (Connection connection = LibraryRows.connect(database.file());
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select id, organization_id from threads order by hashtext(id::text)")) {
                while (rows.next()) {
                    targets.add(rows.getString(1) + " " + tokens.getOrDefault(rows.getString(2), world.token()));
                }
            }
            if (targets.size() >= wanted) {
                return targets;
            }
            if (System.nanoTime() > patience) {
                throw new IOException("only " + targets.size() + " of " + wanted + " threads were made");
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }

    void pause() throws Exception {
        each(
                accounts.size(),
                number -> world.api(accounts.get(number).token())
                        .patch(
                                "/channel-accounts",
                                "channelAccounts",
                                accounts.get(number).id(),
                                Map.of("status", "paused")));
    }

    private static void each(int count, Step step) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(clients.submit(() -> {
                    step.of(number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
