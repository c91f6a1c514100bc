package dev.parley.server.events.stream;

import dev.parley.server.events.feed.EventJson;
import dev.parley.server.events.feed.LoggedEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event as all streams of its organization get it; written once, when the first of them wants it. Belongs to one thread, its
 * bytes to all.
 *
 * <p>Source: the HTML standard, "Server-sent events".
 */
final class Frame {

    private static final Logger LOG = LoggerFactory.getLogger(Frame.class);

    private final EventJson json;
    private final UUID organization;
    private final LoggedEvent event;
    private byte @Nullable [] bytes;

    Frame(EventJson json, UUID organization, LoggedEvent event) {
        this.json = json;
        this.organization = organization;
        this.event = event;
    }

    LoggedEvent event() {
        return event;
    }

    long position() {
        return event.position();
    }

    byte[] bytes() {
        byte[] written = bytes;
        if (written == null) {
            written = write();
            bytes = written;
        }
        return written;
    }

    /** An event whose state can't be shown comes without it: it must not stop all that come after it. */
    private byte[] data() {
        try {
            return json.of(organization, event);
        } catch (RuntimeException e) {
            LOG.error(
                    "the state of the event at {} can't be shown: {}",
                    event.position(),
                    e.getClass().getName());
            return json.of(organization, event.withoutState());
        }
    }

    private byte[] write() {
        byte[] data = data();
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 96);
        String head = "id: " + event.position() + "\nevent: " + event.resourceType() + "." + event.event() + "\ndata: ";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
        out.writeBytes(new byte[] {'\n', '\n'});
        return out.toByteArray();
    }
}
