package dev.parley.server.dispatch;

import dev.parley.connector.Content;
import dev.parley.connector.ErrorAction;
import dev.parley.connector.MediaTransfer;
import dev.parley.connector.Outbound;
import dev.parley.connector.ProviderError;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.server.accounts.Account;
import dev.parley.server.dispatch.AttemptResult.Outcome;
import dev.parley.server.messages.MessageError;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.db.DatabaseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt: the last checks, the call, its result. Safe for use by many threads at once. */
final class Sender {

    /** By which a connector says that a file's id is not known (any more). */
    private static final String MEDIA_UNKNOWN = "media_unknown";
    /** Nothing was sent: what the message names is not there any more, or went through another account. */
    private static final ProviderError REFERENCE_UNKNOWN = new ProviderError(
            "",
            "",
            null,
            "reference_unknown",
            "The message that this one names is unknown",
            "The message that this one answers or reacts to is not known to the channel account's provider any more. Send it"
                    + " again without naming it.",
            ErrorAction.FAIL,
            0,
            null);

    private static final String UNCERTAIN =
            "whether it was committed that the message is sent was not known, so it was not";

    private static final String SILENT = "the provider did not answer, so the message was not given to it";

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Payloads payloads;
    private final LastCheck check;
    private final MediaUploads uploads;
    private final Outbound outbound;
    private final DispatchSettings settings;
    private final InstantSource clock;

    Sender(
            Payloads payloads,
            LastCheck check,
            MediaUploads uploads,
            Outbound outbound,
            DispatchSettings settings,
            InstantSource clock) {
        this.payloads = payloads;
        this.check = check;
        this.uploads = uploads;
        this.outbound = outbound;
        this.settings = settings;
        this.clock = clock;
    }

    AttemptResult send(Duty duty) {
        long start = System.nanoTime();
        Outcome outcome = attempt(duty, start);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        return new AttemptResult(duty, outcome, milliseconds, clock.instant());
    }

    /** For a message that must not be sent, as nobody knows whether its claim was committed. */
    AttemptResult unsent(Duty duty) {
        return new AttemptResult(duty, new Outcome.Called(new SendResult.NotSent(UNCERTAIN)), 0, clock.instant());
    }

    /**
     * As {@link #send}, where the provider did not answer lately: it is asked whether it does now, and the message is only risked
     * then. What was not risked is not in doubt.
     */
    AttemptResult askAndSend(Duty duty) {
        long start = System.nanoTime();
        if (answers(duty)) {
            return send(duty);
        }
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        return new AttemptResult(
                duty, new Outcome.Called(new SendResult.NotSent(SILENT)), milliseconds, clock.instant());
    }

    private boolean answers(Duty duty) {
        try {
            Account account = duty.account();
            return account.connector().answers(account.settings(), settings.callDeadline(), outbound);
        } catch (RuntimeException e) {
            LOG.warn("a connector failed when asked: {}", e.getClass().getSimpleName());
            return true;
        }
    }

    private Outcome attempt(Duty duty, long now) {
        Outcome tooLate = tooLate(duty, now);
        if (tooLate != null) {
            return tooLate;
        }
        Payloads.@Nullable Said said;
        @Nullable MessageError problem;
        try {
            said = payloads.content(
                    Objects.requireNonNull(duty.message().payload(), "a message to send has content"),
                    duty.references()::get);
            problem = said == null ? null : check.problem(duty.account(), said.content());
        } catch (RuntimeException e) {
            return unprepared(e);
        }
        if (said == null) {
            return new Outcome.Called(new SendResult.Refused(REFERENCE_UNKNOWN));
        }
        if (problem != null) {
            return new Outcome.NotSendable(problem);
        }
        MediaTransfer transfer = duty.account().connector().media();
        return said.content() instanceof Content.Media file && transfer != null
                ? withFile(duty, transfer, file, said.replyTo())
                : inTime(duty, () -> checked(duty, said));
    }

    /** Checking may have taken its time. */
    private Outcome inTime(Duty duty, Supplier<SendResult> call) {
        Outcome tooLate = tooLate(duty, System.nanoTime());
        return tooLate == null ? new Outcome.Called(call.get()) : tooLate;
    }

    private @Nullable Outcome tooLate(Duty duty, long now) {
        Duration since = Duration.ofNanos(now - duty.claimedAt());
        if (since.plus(settings.callDeadline()).compareTo(settings.lease()) >= 0) {
            return new Outcome.TooLate();
        }
        if (duty.windowLeft() != null && duty.windowLeft().compareTo(since) <= 0) {
            return new Outcome.WindowClosed();
        }
        return null;
    }

    /** The file goes first, in what the lease has beyond a call; what was checked before is checked again after it. */
    private Outcome withFile(Duty duty, MediaTransfer transfer, Content.Media file, @Nullable String replyTo) {
        Duration left = settings.lease()
                .minusNanos(System.nanoTime() - duty.claimedAt())
                .minus(settings.callDeadline().multipliedBy(3).dividedBy(2));
        MediaUploads.Prepared prepared;
        try {
            prepared = uploads.prepare(duty, transfer, file, left);
        } catch (RuntimeException e) {
            return unprepared(e);
        }
        return switch (prepared) {
            case MediaUploads.Prepared.Not(SendResult result) -> new Outcome.Called(result);
            // Its turn at the account's rate is over: all that waited would go at once.
            case MediaUploads.Prepared.Waited() -> new Outcome.HeldUp();
            case MediaUploads.Prepared.Ready(Content.Media ready) -> inTime(duty, () -> known(duty, ready, replyTo));
        };
    }

    private static Outcome unprepared(RuntimeException cause) {
        LOG.error("a message could not be prepared: {}", cause.getClass().getName());
        return new Outcome.Unprepared();
    }

    private SendResult known(Duty duty, Content.Media file, @Nullable String replyTo) {
        SendResult result = call(duty, new Payloads.Said(file, replyTo));
        if (result instanceof SendResult.Refused(ProviderError error)
                && error.code().equals(MEDIA_UNKNOWN)) {
            uploads.forget(duty, file);
        }
        return result;
    }

    private SendResult checked(Duty duty, Payloads.Said said) {
        SendResult result = call(duty, new Payloads.Said(asSent(said.content(), duty.account()), said.replyTo()));
        if (result instanceof SendResult.Refused(ProviderError error)) {
            told(duty, said.content(), error);
        }
        return result;
    }

    private static Content asSent(Content content, Account account) {
        return content instanceof Content.Template template
                        && account.connector().templates() == null
                ? new Content.Text(template.text())
                : content;
    }

    /** What is learned of it must not cost the message its result. */
    private void told(Duty duty, Content content, ProviderError error) {
        try {
            check.refused(duty.account(), content, error);
        } catch (DatabaseException e) {
            LOG.warn("what a refusal tells could not be kept: {}", e.getMessage());
        }
    }

    private SendResult call(Duty duty, Payloads.Said said) {
        SendRequest request = new SendRequest(
                new Reference(duty.message().organizationId(), duty.message().id(), duty.attempt()).text(),
                duty.to(),
                said.content(),
                duty.account().settings(),
                settings.callDeadline(),
                said.replyTo());
        try {
            return duty.account().connector().send(request, outbound);
        } catch (RuntimeException e) {
            // A connector never throws; one that does may have sent.
            return new SendResult.Unknown(
                    "the connector failed: " + e.getClass().getSimpleName(), null);
        }
    }
}
