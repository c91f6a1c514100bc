package dev.parley.connector;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Understands what a provider posts to us. Stateless, safe for use by many threads at once. */
public interface CallbackReceiver {

    /**
     * The name of the setting that holds the secret with which this provider signs. Updates that arrive at one account's
     * URL may be for another account only when both have the same value of it.
     */
    String secretSetting();

    /**
     * Answers the provider's question whether the URL is ours (a GET), or null when the question is wrong and a 403 is due.
     *
     * @param query decoded parameters, the first value of each
     */
    @Nullable
    String answerChallenge(AccountSettings settings, Map<String, String> query);

    /**
     * Whether the body was signed with this account's secret, compared in constant time.
     *
     * @param headers names in lower case
     * @param body the raw bytes, before any parsing
     */
    boolean isAuthentic(AccountSettings settings, Map<String, String> headers, byte[] body);

    /**
     * Splits a body into its single updates, in its order. Never throws: what can't be understood is one update that
     * {@link #parse} will call {@link ProviderUpdate.Unknown}.
     */
    List<RawUpdate> split(byte[] body);

    /** Understands one update that {@link #split} made. Never throws. */
    ProviderUpdate parse(String json);
}
