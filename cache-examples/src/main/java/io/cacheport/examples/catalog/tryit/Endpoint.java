package io.cacheport.examples.catalog.tryit;

/** What visitors do, and how often in a hundred requests. */
enum Endpoint {
    PACKAGES("packages", 45),
    PACKAGE("package by slug", 35),
    AVAILABILITY("availability", 18),
    UPDATE("update", 2);

    private final String label;
    private final int percent;

    Endpoint(String label, int percent) {
        this.label = label;
        this.percent = percent;
    }

    String label() {
        return label;
    }

    /** The endpoint at a place between 0 and 99. */
    static Endpoint at(int place) {
        int end = 0;
        for (Endpoint endpoint : values()) {
            end += endpoint.percent;
            if (place < end) {
                return endpoint;
            }
        }
        throw new IllegalArgumentException("place is " + place + ": 0 to 99 are shared out");
    }
}
