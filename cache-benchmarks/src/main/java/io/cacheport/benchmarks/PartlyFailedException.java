package io.cacheport.benchmarks;

/** Some of a suite could not be measured, of which the report tells in its place. */
public final class PartlyFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String report;

    /** With Markdown, as {@link Suite#run} answers it. */
    public PartlyFailedException(String report) {
        super("some rows could not be measured");
        this.report = report;
    }

    String report() {
        return report;
    }
}
