package dev.parley.server.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What of a server with a database of its own is killed, and how often. */
enum Kill {
    SERVER("kills"),
    DATABASE("databaseKills"),
    BOTH("bothKills");

    /** More of them than in the default run. */
    private static final int MANY = 4;

    private final String property;

    Kill(String property) {
        this.property = property;
    }

    void strike(Node node) {
        switch (this) {
            case SERVER -> {
                node.kill();
                node.start();
            }
            case DATABASE -> node.killChildren();
            case BOTH -> {
                node.killWithChildren();
                node.start();
            }
        }
    }

    /** One of each, or as many as {@code -Dsurvive.kills}, {@code databaseKills} and {@code bothKills} say, in any order. */
    static List<Kill> all(Random random) {
        List<Kill> kills = new ArrayList<>();
        for (Kill kill : values()) {
            kills.addAll(Collections.nCopies(count(kill.property), kill));
        }
        Collections.shuffle(kills, random);
        return kills;
    }

    /** How often one of the nodes is killed that share a database: once, or {@code -Dsurvive.nodeKills}. */
    static int nodes() {
        return count("nodeKills");
    }

    /** Whether any storm was asked to be a long one. */
    static boolean many() {
        return nodes() >= MANY || List.of(values()).stream().anyMatch(kill -> count(kill.property) >= MANY);
    }

    private static int count(String property) {
        String given = System.getProperty("survive." + property, "");
        return given.isBlank() ? 1 : Integer.parseInt(given);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
