package dev.parley.server.events.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.server.events.feed.EventJson;
import dev.parley.server.events.feed.EventReader;
import dev.parley.server.events.feed.HorizonReader;
import dev.parley.server.events.stream.StreamMeter.End;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.Documents;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.secrets.SecretBox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * All streams of a node. Two cycles keep them going: {@link #readTail}, when events were appended and once a second, and
 * {@link #keep}, once a second. Safe for use by many threads at once; each cycle is run by one at a time.
 */
public final class LiveStreams implements StreamOwner, AutoCloseable {

    /** A transaction that holds the horizon back is waited for so long when a stream is opened. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** How often it is asked whether the streams' tokens still hold, where nobody has told. */
    private static final Duration TOKENS = Duration.ofSeconds(5);

    /** How long {@link #close} waits for streams that are being written to. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final StreamOptions options;
    private final Tools tools;
    private final StreamPlaces places;
    private final Set<EventStream> all = ConcurrentHashMap.newKeySet();
    private final Tail tail = new Tail();
    private final TailReader reader;
    private final CatchUp catchUp;
    private final EventReader log;
    private volatile boolean tokensMayHaveEnded;
    private long tokensAsked = System.nanoTime();

    /**
     * What streams are made with.
     *
     * @param random spreads when readers come back
     * @param ended which of some tokens, by {@link dev.parley.server.platform.http.Caller#tokenKey}, do not hold any more
     */
    public record Tools(
            Database database,
            Documents documents,
            InstantSource clock,
            RandomGenerator random,
            Function<Collection<String>, Set<String>> ended,
            StreamMeter meter) {}

    public LiveStreams(StreamOptions options, Tools tools) {
        EventJson json = new EventJson(tools.documents());
        this.options = options;
        this.tools = tools;
        this.places = new StreamPlaces(options.perOrganization(), options.perNode());
        this.reader = new TailReader(tools.database(), tail, json, tools.clock(), tools.meter());
        this.log = new EventReader(tools.database(), new HorizonReader(tools.database(), PATIENCE));
        this.catchUp = new CatchUp(tail, log, json);
    }

    /** The routes by which streams are opened. */
    public StreamRoutes routes(JsonApi api, SecretBox box, Ids ids) {
        Tickets tickets = new Tickets(box, tools.clock(), tools.ended());
        return new StreamRoutes(api, this, log, tickets, options, tools.meter(), ids);
    }

    /** How many are open. */
    public int open() {
        return places.all();
    }

    /** How many of them are being caught up. */
    public int behind() {
        return (int) all.stream().filter(EventStream::isBehind).count();
    }

    StreamPlaces places() {
        return places;
    }

    /**
     * A stream; its place is taken already.
     *
     * @param cursor events behind it are wanted
     * @param horizon that is known, or 0
     */
    EventStream make(UUID organization, String tokenKey, EventFilter filter, long cursor, long horizon) {
        tail.reached(horizon);
        EventStream stream = new EventStream(this, organization, tokenKey, filter, cursor, System::nanoTime);
        all.add(stream);
        if (places.look(organization) == StreamPlaces.Answer.STOPPING) {
            stream.finish(End.STOPPING);
        }
        return stream;
    }

    /** Hands on what has happened; zero when nothing had. */
    public int readTail() throws InterruptedException {
        return all.isEmpty() ? 0 : reader.runOneCycle();
    }

    /** Tokens were replaced, perhaps: the next {@link #keep} asks. */
    public void tokensMayHaveEnded() {
        tokensMayHaveEnded = true;
    }

    /** Sends heartbeats, breaks off who takes nothing, and ends streams whose token has ended. */
    public int keep() {
        long position = tail.position();
        all.forEach(stream -> stream.beat(options, position));
        long now = System.nanoTime();
        if (tokensMayHaveEnded || now - tokensAsked >= TOKENS.toNanos()) {
            tokensMayHaveEnded = false;
            tokensAsked = now;
            endThoseWithoutToken();
        }
        return 0;
    }

    private void endThoseWithoutToken() {
        Set<String> keys = new HashSet<>();
        all.forEach(stream -> keys.add(stream.tokenKey()));
        Set<String> ended = keys.isEmpty() ? Set.of() : tools.ended().apply(keys);
        if (!ended.isEmpty()) {
            all.stream()
                    .filter(stream -> ended.contains(stream.tokenKey()))
                    .forEach(stream -> stream.finish(End.TOKEN));
        }
    }

    /** Readers come back after one to five seconds: not all at once after a node has gone. */
    @Override
    public byte[] greeting() {
        return ("retry: " + tools.random().nextInt(1_000, 5_000) + "\n\n").getBytes(US_ASCII);
    }

    @Override
    public void catchUp(EventStream stream) {
        catchUp.soon(stream);
    }

    @Override
    public void fellBehind(EventStream stream) {
        tail.leave(stream);
        tools.meter().fellBehind();
    }

    @Override
    public void over(EventStream stream, End why) {
        all.remove(stream);
        tail.leave(stream);
        places.free(stream.organization());
        tools.meter().ended(why);
    }

    /** Takes no more and ends all streams, so that their readers go to another node. */
    @Override
    public void close() {
        places.close();
        all.forEach(stream -> stream.finish(End.STOPPING));
        catchUp.close();
        long end = System.nanoTime() + FAREWELL.toNanos();
        try {
            while (!all.isEmpty() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(EventStream::cut);
    }
}
