package io.cacheport.benchmarks;

/** A part of the report, which can be run alone. */
public interface Suite {

    /** What {@code --suite} calls it. */
    String name();

    /** The heading in the report. */
    String title();

    /** Whether it is part of a run of all; one that is not has to be named. */
    default boolean isPartOfAll() {
        return true;
    }

    /**
     * Runs it.
     *
     * @return Markdown below the heading: what was measured and against what, one table or several, the reference twice
     * @throws PartlyFailedException with the same, if not all could be measured
     */
    String run(RunSettings settings) throws Exception;
}
