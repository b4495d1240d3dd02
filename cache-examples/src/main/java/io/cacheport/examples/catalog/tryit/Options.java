package io.cacheport.examples.catalog.tryit;

import java.time.Duration;

/**
 * What the command line asks for.
 *
 * @param phase how long each phase is measured
 */
record Options(boolean serve, boolean help, Duration phase) {

    static final String USAGE = """
            Starts PostgreSQL, Redis and the booking catalogue, and shows what the cache does under load.

              --serve      keep the catalogue up at port 8080, or PORT, instead of measuring;
                           with REDIS_URL and the like in the environment it uses that cache
              --seconds=N  how long each of the four phases takes, 1 to 600 (12)
              --help       this text
            """;

    private static final int DEFAULT_SECONDS = 12;
    private static final int MAX_SECONDS = 600;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException naming the argument and the rule
     */
    static Options parse(String... arguments) {
        boolean serve = false;
        boolean help = false;
        int seconds = DEFAULT_SECONDS;
        for (String argument : arguments) {
            if (argument.equals("--serve")) {
                serve = true;
            } else if (argument.equals("--help")) {
                help = true;
            } else if (argument.startsWith("--seconds=")) {
                seconds = number(argument, "--seconds=", MAX_SECONDS);
            } else {
                throw new IllegalArgumentException("unknown option " + argument);
            }
        }
        return new Options(serve, help, Duration.ofSeconds(seconds));
    }

    private static int number(String argument, String prefix, int max) {
        String digits = argument.substring(prefix.length());
        int value = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(argument + ": the number must be 1 to " + max);
        }
        return value;
    }
}
