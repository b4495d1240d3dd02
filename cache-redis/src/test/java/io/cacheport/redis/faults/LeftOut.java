package io.cacheport.redis.faults;

/** Every row without a test, each with its reason. */
final class LeftOut {

    private LeftOut() {}

    /** One line per row: {@code FaultMatrix.leftOut(38, "the fault", "needs network namespaces")}. */
    static void list() {
        FaultMatrix.leftOut(24, "NOSCRIPT", "no script is sent to Redis, so none can be missing there");
        FaultMatrix.leftOut(
                38,
                "split brain: a minority's master goes on accepting writes",
                "two sides that cannot reach each other while clients reach both need packet filters or network "
                        + "namespaces; writes lost to a failover are row 37");
    }
}
