package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.ProviderUpdate.Reported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class StatusRulesTest {

    private static final Instant ACCEPTED = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant THEN = ACCEPTED.plusSeconds(5);
    private static final Instant AT = ACCEPTED.plusSeconds(60);
    private static final MessageError REFUSED =
            new MessageError("recipient_unreachable", "x", "y", false, new MessageError.Provider("131026", "z"));

    private static Delivery in(String status) {
        StatusTimes times = StatusTimes.acceptedAt(ACCEPTED);
        StatusTimes sent = times.withSent(THEN);
        StatusTimes delivered = sent.withDelivered(THEN);
        return switch (status) {
            case "accepted" -> new Delivery(DeliveryStatus.ACCEPTED, List.of(), times, null);
            case "doubt" -> new Delivery(DeliveryStatus.ACCEPTED, List.of(), times, THEN);
            case "sent" -> new Delivery(DeliveryStatus.SENT, List.of(), sent, null);
            case "delivered" -> new Delivery(DeliveryStatus.DELIVERED, List.of(), delivered, null);
            case "read" -> new Delivery(DeliveryStatus.READ, List.of(), delivered.withRead(THEN), null);
            case "refused" -> failed(times, REFUSED);
            case "unknown" -> failed(times, MessageError.OUTCOME_UNKNOWN);
            case "expired" -> failed(times, MessageError.EXPIRED);
            default -> throw new IllegalArgumentException(status);
        };
    }

    private static Delivery failed(StatusTimes times, MessageError error) {
        return new Delivery(DeliveryStatus.FAILED, List.of(error), times.withFailed(THEN), null);
    }

    private static Delivery report(Delivery now, Reported status, Instant at) {
        return StatusRules.reported(now, status, at, status == Reported.FAILED ? REFUSED : null);
    }

    /** Every pair of what it is and what is reported; a dash where nothing changes. */
    @ParameterizedTest
    @CsvSource({
        "accepted,  SENT,      sent",
        "accepted,  DELIVERED, delivered",
        "accepted,  READ,      read",
        "accepted,  FAILED,    failed",
        "doubt,     SENT,      sent",
        "doubt,     DELIVERED, delivered",
        "doubt,     READ,      read",
        "doubt,     FAILED,    failed",
        "sent,      SENT,      -",
        "sent,      DELIVERED, delivered",
        "sent,      READ,      read",
        "sent,      FAILED,    failed",
        "delivered, SENT,      -",
        "delivered, DELIVERED, -",
        "delivered, READ,      read",
        "delivered, FAILED,    -",
        "read,      SENT,      -",
        "read,      DELIVERED, -",
        "read,      READ,      -",
        "read,      FAILED,    -",
        "refused,   SENT,      -",
        "refused,   DELIVERED, delivered",
        "refused,   READ,      read",
        "refused,   FAILED,    -",
        "unknown,   SENT,      sent",
        "unknown,   DELIVERED, delivered",
        "unknown,   READ,      read",
        "unknown,   FAILED,    -",
        "expired,   SENT,      sent",
        "expired,   DELIVERED, delivered",
        "expired,   READ,      read",
        "expired,   FAILED,    -",
    })
    void everyReportOnEveryStatus(String now, Reported report, String then) {
        Delivery after = report(in(now), report, AT);
        if (then.equals("-")) {
            assertThat(after).isNull();
            return;
        }
        assertThat(after.status().word()).isEqualTo(then);
        assertThat(after.doubtSince()).as("no doubt is left").isNull();
        assertThat(after.times().accepted()).isEqualTo(ACCEPTED);
        boolean failed = after.status() == DeliveryStatus.FAILED;
        assertThat(after.errors()).isEqualTo(failed ? List.of(REFUSED) : List.of());
        assertThat(after.times().failed()).isEqualTo(failed ? AT : null);
    }

    @Test
    void whatALaterStatusImpliesHasItsTimeAndAnEarlierTimeStays() {
        assertThat(report(in("accepted"), Reported.READ, AT).times())
                .isEqualTo(new StatusTimes(ACCEPTED, AT, AT, AT, null));
        Delivery delivered = report(in("sent"), Reported.DELIVERED, AT);
        assertThat(delivered.times()).isEqualTo(new StatusTimes(ACCEPTED, THEN, AT, null, null));
        assertThat(report(delivered, Reported.READ, AT.plusSeconds(9)).times())
                .isEqualTo(new StatusTimes(ACCEPTED, THEN, AT, AT.plusSeconds(9), null));
    }

    @Test
    void everyOrderOfReportsEndsTheSameAndNeverFalls() {
        for (List<Reported> order :
                orders(List.of(Reported.SENT, Reported.DELIVERED, Reported.READ, Reported.SENT, Reported.READ))) {
            List<Delivery> seen = play(order);
            assertThat(seen.getLast().status()).isEqualTo(DeliveryStatus.READ);
            assertThat(seen.getLast().times()).isEqualTo(new StatusTimes(ACCEPTED, AT, AT, AT, null));
            assertThat(seen).extracting(Delivery::status).isSorted();
        }
    }

    @Test
    void proofWinsOverAFailureInEveryOrder() {
        for (List<Reported> order :
                orders(List.of(Reported.SENT, Reported.DELIVERED, Reported.READ, Reported.FAILED))) {
            Delivery last = play(order).getLast();
            assertThat(last.status()).isEqualTo(DeliveryStatus.READ);
            assertThat(last.errors()).isEmpty();
            assertThat(last.times().failed()).isNull();
        }
    }

    @Test
    void sentIsNoProofAgainstARefusal() {
        for (List<Reported> order : orders(List.of(Reported.SENT, Reported.FAILED))) {
            Delivery last = play(order).getLast();
            assertThat(last.status()).isEqualTo(DeliveryStatus.FAILED);
            assertThat(last.errors()).containsExactly(REFUSED);
        }
    }

    private static List<Delivery> play(List<Reported> order) {
        List<Delivery> seen = new ArrayList<>(List.of(in("accepted")));
        for (Reported report : order) {
            Delivery next = report(seen.getLast(), report, AT);
            seen.add(next == null ? seen.getLast() : next);
        }
        return seen;
    }

    private static List<List<Reported>> orders(List<Reported> reports) {
        if (reports.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Reported>> all = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            List<Reported> rest = new ArrayList<>(reports);
            Reported first = rest.remove(i);
            for (List<Reported> order : orders(rest)) {
                List<Reported> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                all.add(whole);
            }
        }
        return all;
    }
}
