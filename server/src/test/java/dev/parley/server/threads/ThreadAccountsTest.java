package dev.parley.server.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadAccountsTest {

    private ThreadWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new ThreadWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void release(Instant at) {
        world.database.transact(connection -> {
            ThreadAccounts.release(connection, world.organization, world.secondAccount, at);
            return true;
        });
    }

    private String columns(UUID thread) {
        return world.text("select concat_ws(' ', coalesce(channel_account_id::text, 'none'), "
                + "coalesce(last_inbound_account_id::text, 'none'), version) from threads where id = '" + thread + "'");
    }

    @Test
    void tellsOfThreadsThatWereBoundToTheAccountAndOfNoOthers() {
        UUID bound = world.thread("31600000901");
        world.patch(bound, "\"channelAccountId\":\"" + world.secondAccount + "\"");
        UUID lastWritten = world.thread("31600000902");
        world.run("update threads set last_inbound_account_id = '" + world.secondAccount + "' where id = '"
                + lastWritten + "'");
        UUID otherAccount = world.thread("31600000903");
        world.patch(otherAccount, "\"channelAccountId\":\"" + world.account + "\"");
        UUID deleted = world.thread("31600000904");
        world.patch(deleted, "\"channelAccountId\":\"" + world.secondAccount + "\"");
        world.run("update threads set deleted_at = now() where id = '" + deleted + "'");
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(5);

        release(at);

        assertThat(columns(bound)).isEqualTo("none none 3");
        assertThat(world.events(bound)).containsExactly("create", "update channelAccountId", "update channelAccountId");
        assertThat(world.text(
                        "select concat_ws(' ', state::jsonb->'attributes'->'channelAccountId', state::jsonb->'meta'->'version', "
                                + "created_at = '" + at + "') from events where resource_id = '" + bound
                                + "' order by position desc limit 1"))
                .isEqualTo("null 3 t");
        assertThat(columns(lastWritten)).isEqualTo("none none 1");
        assertThat(world.events(lastWritten)).containsExactly("create");
        assertThat(columns(otherAccount)).isEqualTo(world.account + " none 2");
        assertThat(columns(deleted)).isEqualTo("none none 2");
        assertThat(world.events(deleted)).containsExactly("create", "update channelAccountId");
    }

    @Test
    void releasesMoreThanOneChunkInTransactionsOfTheirOwn() {
        int many = ThreadAccounts.CHUNK * 3 - 5;
        world.run(
                "insert into threads (organization_id, id, channel, identifier, channel_account_id, last_inbound_account_id, "
                        + "deleted_at, created_at, updated_at) "
                        + "select '" + world.organization + "', gen_random_uuid(), 'whatsapp', n::text, '"
                        + world.secondAccount + "', '" + world.secondAccount
                        + "', case when n % 7 = 0 then now() end, now(), now() from generate_series(1, " + many
                        + ") n");
        String shown = Integer.toString(many - many / 7);

        release(Instant.now());
        assertThat(Integer.parseInt(world.text("select count(*) from threads where channel_account_id is null")))
                .isEqualTo(ThreadAccounts.CHUNK + 1);
        assertThat(world.texts("select account_id from account_releases"))
                .containsExactly(world.secondAccount.toString());

        // As if the node had ended after the next chunk.
        assertThat(goOn()).isTrue();
        assertThat(Integer.parseInt(world.text("select count(*) from threads where channel_account_id is null")))
                .isEqualTo(ThreadAccounts.CHUNK * 2 + 1);
        world.sweep.runOneCycle();

        assertThat(world.text("select count(*) from threads where channel_account_id is not null "
                        + "or last_inbound_account_id is not null"))
                .isEqualTo("0");
        assertThat(world.text("select count(*) from threads where version = 2")).isEqualTo(shown);
        assertThat(world.text("select count(distinct resource_id) from events where event = 'update'"))
                .isEqualTo(shown);
        assertThat(world.text("select count(*) from events where event = 'update'"))
                .isEqualTo(shown);
        assertThat(world.texts("select account_id from account_releases")).isEmpty();
        assertThat(goOn()).isFalse();
    }

    private boolean goOn() {
        return world.database.transact(connection -> ThreadAccounts.goOn(connection, Instant.now()));
    }
}
