package dev.parley.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EndpointMovesTest extends WebhooksCase {

    private static final String OLD = "https://old.example.com/";
    private static final String NEW = "https://new.example.com/";

    /** Until nothing is due. */
    private void move() {
        EndpointMoves moves = new EndpointMoves(world.database, 1);
        while (moves.runOneCycle() > 0) {}
    }

    private void pass(long seconds) throws Exception {
        world.execute("update database_clock set shift = shift + interval '" + seconds + "s'");
    }

    @Test
    void whatIsPendingFollowsTheOrganizationsAddress() throws Exception {
        organizationUrl(OLD);
        String follows = make(null);
        String stays = make(OLD);
        delivery(follows, "pending", false, 5);
        delivery(follows, "pending", true, 4);
        delivery(follows, "delivered", true, 3);
        delivery(stays, "pending", false, 2);
        organizationUrl(NEW);
        move();
        assertThat(deliveries())
                .containsExactly("pending " + NEW, "pending " + NEW, "delivered " + OLD, "pending " + OLD);
        assertThat(world.query("select url from webhook_endpoints where due_at is not null"))
                .containsExactly(NEW);
        assertThat(world.query("select e.url from webhooks w join webhook_endpoints e on e.id = w.endpoint_id"
                        + " order by w.webhook_url is not null"))
                .containsExactly(NEW, OLD);
    }

    @Test
    void whatWasWrittenByWhoeverSawTheOldAddressFollowsToo() throws Exception {
        String webhook = make(OLD);
        String late = world.query("select endpoint_id from webhooks").getFirst();
        patch(webhook, "\"webhookUrl\":\"" + NEW + "\"");
        move();
        String delivery = delivery(webhook, "pending", false, 1);
        world.execute("update webhook_deliveries set endpoint_id = '" + late + "' where id = '" + delivery + "'");
        pass(EndpointMoves.SETTLED.toSeconds());
        move();
        assertThat(deliveries()).containsExactly("pending " + NEW);
        assertThat(world.query("select * from webhook_moves")).isEmpty();
    }

    @Test
    void anAddressThatCameBackKeepsWhatIsPending() throws Exception {
        String webhook = make(OLD);
        delivery(webhook, "pending", false, 1);
        patch(webhook, "\"webhookUrl\":\"" + NEW + "\"");
        patch(webhook, "\"webhookUrl\":\"" + OLD + "\"");
        move();
        assertThat(deliveries()).containsExactly("pending " + OLD);
    }

    @Test
    void whatHasNowhereToGoFailsAndSaysWhy() throws Exception {
        organizationUrl(OLD);
        String following = make(null);
        delivery(following, "pending", false, 5);
        String inactive = make(NEW);
        delivery(inactive, "pending", true, 4);
        String deleted = make(NEW);
        delivery(deleted, "pending", true, 3);
        delivery(make(NEW), "pending", true, 2);
        organizationUrl(null);
        patch(inactive, "\"active\":false");
        world.send(own.token(), "DELETE", "/webhooks/" + deleted, null);
        move();
        assertThat(deliveries()).containsExactly("failed " + OLD, "failed " + NEW, "failed " + NEW, "pending " + NEW);
        assertThat(get("/webhook-logs?sort=createdAt")
                        .at("/data/0/attributes/attempts/1/error")
                        .stringValue())
                .isEqualTo("the webhook is inactive, deleted or has no address");
    }
}
