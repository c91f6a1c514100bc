package dev.parley.server.media;

/** Counts what becomes of files. Safe for use by many threads at once. */
public interface MediaMeter {

    /** Counts nothing. */
    MediaMeter NONE = new MediaMeter() {
        @Override
        public void tried(Try outcome) {}

        @Override
        public void stored(Way way, long bytes) {}

        @Override
        public void refused() {}
    };

    /** What came of getting a file from a provider once. */
    enum Try {
        /** It is here. */
        DONE,
        /** It is tried again later. */
        AGAIN,
        /** It is not tried any more. */
        GIVEN_UP,
        /** Its message wants it no more. */
        DROPPED
    }

    /** Whose a file is. */
    enum Way {
        /** A candidate's. */
        IN,
        /** A caller's. */
        OUT
    }

    /** A file was asked for at a provider. */
    void tried(Try outcome);

    /** A file was stored; also one whose content was there before. */
    void stored(Way way, long bytes);

    /** A large body was refused, for as many are under way as may be. */
    void refused();
}
