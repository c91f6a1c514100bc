package dev.parley.testkit.ledger;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the comparison of the books gave. The lists name what was found, to look it up.
 *
 * @param attempted messages that were begun
 * @param acknowledged of them, accepted for all that the program knows
 * @param recovered of them, accepted by a request whose answer was lost, as its repetition told
 * @param handedOver of them, in the simulator's ledger
 * @param lost acknowledged, and neither in the simulator's ledger nor final with a reason
 * @param duplicated more than once in the simulator's ledger
 * @param disordered in the simulator's ledger before one that was accepted earlier in the same thread
 * @param outcomeUnknown ids of messages that failed because nobody knows what became of them
 * @param unheard of them, those whose callback was delivered and had our reference
 * @param invented told to be sent and not in the simulator's ledger, or in it and never attempted
 * @param failed final with another reason: how many by its code
 * @param waiting neither sent nor final yet
 * @param callbacksQueued not delivered yet by the simulator
 * @param replies messages of candidates
 * @param repliesLost of them, not there
 * @param repliesDoubled of them, there more than once
 * @param templates of what was handed over, templates
 * @param files that were looked at, of messages in both directions
 * @param mistaken handed over with another file, or as something else than was asked for
 * @param fileProblems messages without their file, or with another
 * @param backward statuses that were seen to go backward
 * @param strange answers that should not have come
 */
public record Tally(
        int attempted,
        int acknowledged,
        int recovered,
        int handedOver,
        List<String> lost,
        List<String> duplicated,
        List<String> disordered,
        List<String> outcomeUnknown,
        List<String> unheard,
        List<String> invented,
        Map<String, Integer> failed,
        int waiting,
        long callbacksQueued,
        int replies,
        List<String> repliesLost,
        List<String> repliesDoubled,
        int templates,
        int files,
        List<String> mistaken,
        List<String> fileProblems,
        List<String> backward,
        List<String> strange) {

    /** Whether nothing moves any more. */
    public boolean settled() {
        return waiting == 0
                && callbacksQueued == 0
                && unheard.isEmpty()
                && repliesLost.isEmpty()
                && fileProblems.isEmpty();
    }

    /** For people. */
    public String table(String title) {
        return String.format(
                Locale.ROOT,
                """
                %-34s
                  attempted         %7d
                  acknowledged      %7d
                  handed over       %7d
                  lost              %7d
                  duplicated        %7d
                  recovered         %7d
                  outcome_unknown   %7d
                  order violations  %7d
                  failed otherwise  %7d  %s
                  replies           %7d  (%d lost, %d doubled)
                  templates         %7d
                  files, both ways  %7d  (%d wrong at the provider, %d missing or wrong here)
                """,
                title,
                attempted,
                acknowledged,
                handedOver,
                lost.size(),
                duplicated.size(),
                recovered,
                outcomeUnknown.size(),
                disordered.size(),
                failed.values().stream().mapToInt(Integer::intValue).sum(),
                failed,
                replies,
                repliesLost.size(),
                repliesDoubled.size(),
                templates,
                files,
                mistaken.size(),
                fileProblems.size());
    }
}
