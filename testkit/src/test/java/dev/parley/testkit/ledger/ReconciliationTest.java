package dev.parley.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final Cargo TEXT = new Cargo.Text();

    private final Scene scene = new Scene();

    @Test
    void whatWasAcknowledgedSaidToBeSentAndSentOnceIsFine() {
        Note note = scene.acknowledged("a", 1, TEXT);
        scene.says("a", "read", "");
        scene.accepts(note);

        Reconciliation comparison = scene.comparison();
        Tally tally = comparison.tally(0);

        assertThat(tally.settled()).isTrue();
        assertThat(tally.handedOver()).isOne();
        assertThat(tally.lost()).isEmpty();
        assertThat(tally.duplicated()).isEmpty();
        assertThat(tally.disordered()).isEmpty();
        assertThat(tally.invented()).isEmpty();
        assertThat(tally.mistaken()).isEmpty();
        assertThat(comparison.moving()).isEmpty();
    }

    @Test
    void whatIsNotThereOrFailedWithoutReasonIsLost() {
        scene.acknowledged("gone", 1, TEXT);
        scene.acknowledged("mute", 2, TEXT);
        scene.says("mute", "failed", "");

        Reconciliation comparison = scene.comparison();

        assertThat(comparison.tally(0).lost())
                .containsExactlyInAnyOrder("gone is not there", "mute failed without a reason");
        assertThat(comparison.moving()).containsExactly(Scene.THREAD);
    }

    @Test
    void whatWaitsIsNotSettledAndLostUnlessItWasSent() {
        scene.acknowledged("a", 1, TEXT);
        Note sent = scene.acknowledged("b", 2, TEXT);
        scene.says("a", "accepted", "");
        scene.says("b", "accepted", "");
        scene.accepts(sent);

        Reconciliation comparison = scene.comparison();
        Tally tally = comparison.tally(0);

        assertThat(tally.waiting()).isEqualTo(2);
        assertThat(tally.lost()).containsExactly("a waits");
        assertThat(tally.settled()).isFalse();
        assertThat(comparison.moving()).containsExactly(Scene.THREAD);
    }

    @Test
    void whatWasSentTwiceIsSeenAlsoWhenTheSecondIsReadLater() {
        Note first = scene.acknowledged("a", 1, TEXT);
        Note second = scene.acknowledged("b", 2, TEXT);
        scene.says("a", "sent", "");
        scene.says("b", "sent", "");
        scene.accepts(first);
        scene.accepts(second);
        assertThat(scene.tally().duplicated()).isEmpty();

        scene.accepts(first);

        assertThat(scene.tally().duplicated()).containsExactly(first.text());
        assertThat(scene.tally().disordered()).as("a repetition is no disorder").isEmpty();
    }

    @Test
    void orderIsJudgedAcrossReadings() {
        Note first = scene.acknowledged("a", 1, TEXT);
        Note second = scene.acknowledged("b", 2, TEXT);
        scene.accepts(second);
        assertThat(scene.tally().disordered()).isEmpty();

        scene.accepts(first);

        assertThat(scene.tally().disordered()).containsExactly(first.text() + " after 2");
    }

    @Test
    void whatNobodyAskedForAndWhatWasNeverSentIsInvented() {
        scene.acknowledged("a", 1, TEXT);
        scene.says("a", "delivered", "");
        scene.accepts("who wrote this?", "text", "", Scene.TALK.phone(), false);
        scene.accepts(Note.text(Scene.THREAD, 9), "text", "", Scene.TALK.phone(), false);

        assertThat(scene.tally().invented())
                .containsExactlyInAnyOrder(
                        "a is told to be sent", "who wrote this? was sent", Note.text(Scene.THREAD, 9) + " was sent");
    }

    @Test
    void anUnknownOutcomeIsUnheardOnceACallbackOfItIsDelivered() {
        Note note = scene.acknowledged("a", 1, TEXT);
        scene.says("a", "failed", "outcome_unknown");
        scene.accepts(note);
        assertThat(scene.tally().outcomeUnknown()).containsExactly("a");
        assertThat(scene.tally().unheard()).isEmpty();

        scene.toldLater.add(1L);
        Reconciliation comparison = scene.comparison();

        assertThat(comparison.tally(0).unheard()).containsExactly("a");
        assertThat(comparison.moving()).containsExactly(Scene.THREAD);
        scene.toldLater.clear();
        assertThat(scene.tally().unheard()).as("is not asked again").containsExactly("a");
    }

    @Test
    void nothingIsUnheardOfWhomNoCallbackNamesOurReference() {
        Note note = scene.acknowledged("a", 1, TEXT);
        scene.says("a", "failed", "outcome_unknown");
        scene.accepts(note.text(), "text", "", "+31612345670", true);

        assertThat(scene.tally().unheard()).isEmpty();
    }

    @Test
    void anotherFileAndAnotherKindAreMistaken() {
        Attachment file = Attachment.named("mine", false);
        Note note = scene.acknowledged("a", 1, new Cargo.File(file));
        Note template = scene.acknowledged("b", 2, new Cargo.Template("t"));
        scene.says("a", "sent", "");
        scene.says("b", "sent", "");
        scene.accepts(note.text(), "image", Attachment.named("other", false).sha256(), Scene.TALK.phone(), false);
        scene.accepts(template);

        assertThat(scene.tally().mistaken()).hasSize(2);
    }

    @Test
    void missingFilesKeepTheirThreadMoving() {
        Note note = scene.acknowledged("a", 1, new Cargo.File(Attachment.named("mine", false)));
        scene.says("a", "sent", "");
        scene.accepts(note.text(), "image", Attachment.named("mine", false).sha256(), Scene.TALK.phone(), false);
        scene.filesMissing.add("a");

        Reconciliation comparison = scene.comparison();

        assertThat(comparison.tally(0).fileProblems()).containsExactly("a");
        assertThat(comparison.moving()).containsExactly(Scene.THREAD);
    }

    @Test
    void repliesMustBeThereOnceWithTheirFiles() {
        scene.notebook.replied("lost", new Reply(Scene.THREAD, null));
        scene.notebook.replied("twice", new Reply(Scene.THREAD, null));
        scene.notebook.replied("with a file", new Reply(Scene.THREAD, Attachment.named("theirs", false)));
        scene.received("twice", "1", "2");
        scene.received("with a file", "3");
        scene.received("Hello", "4");
        scene.filesMissing.add("3");

        Tally tally = scene.tally();

        assertThat(tally.replies()).isEqualTo(3);
        assertThat(tally.repliesLost()).containsExactly("lost");
        assertThat(tally.repliesDoubled()).containsExactly("twice");
        assertThat(tally.fileProblems()).containsExactly("3");
    }
}
