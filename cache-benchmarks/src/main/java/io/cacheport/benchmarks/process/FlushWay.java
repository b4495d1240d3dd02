package io.cacheport.benchmarks.process;

/** A way to be rid of those values that have a prefix, a tag or a name in common. */
interface FlushWay extends AutoCloseable {

    String name();

    /** Stores so many of them. */
    void fill(int values) throws Exception;

    /** Does it, by whatever it is called. */
    void run() throws Exception;

    /** Whether they can no longer be read. */
    boolean isGone() throws Exception;

    @Override
    void close();
}
