package io.cacheport.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the command line asks for.
 *
 * @param threads one comparison for each number
 * @param only names of candidates, all of them if empty
 */
record Options(List<Integer> threads, int rounds, Duration turn, Duration warmUp, List<String> only) {

    /** Reads the arguments; says what is wrong with them, and what there is to say, and exits with 2. */
    static Options orExit(String purpose, List<Integer> threads, String... arguments) {
        try {
            return parse(threads, arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.printf(Locale.ROOT, """
                    %s

                      --threads 1,8      how many call at a time, %s unless given
                      --rounds 5         how often each candidate has its turn
                      --seconds 2        how long a turn is
                      --warmup 2         seconds of each candidate before the first round
                      --only a,b         these candidates; the reference runs in any case
                    """, purpose, threads);
            System.exit(2);
            throw e;
        }
    }

    /** The candidates asked for; the reference, by whatever name it begins, in any case. */
    List<Candidate> chosen(String reference, List<Candidate> all) {
        return all.stream()
                .filter(one -> only.isEmpty() || one.name().startsWith(reference) || only.contains(one.name()))
                .toList();
    }

    /**
     * Reads the arguments.
     *
     * @param usual numbers of threads if none are given
     * @throws IllegalArgumentException naming the argument and the rule
     */
    private static Options parse(List<Integer> usual, String... arguments) {
        List<Integer> threads = usual;
        int rounds = 5;
        int seconds = 2;
        int warmUp = 2;
        List<String> only = List.of();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + ": a value must follow");
            }
            String value = arguments[i + 1];
            switch (name) {
                case "--threads" -> threads = numbers(name, value, 4_096);
                case "--rounds" -> rounds = number(name, value, 1_000);
                case "--seconds" -> seconds = number(name, value, 600);
                case "--warmup" -> warmUp = number(name, value, 600);
                case "--only" -> only = Arrays.asList(value.split(",", -1));
                default -> throw new IllegalArgumentException("unknown option " + name);
            }
        }
        return new Options(threads, rounds, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), only);
    }

    private static List<Integer> numbers(String name, String value, int most) {
        List<Integer> numbers = new ArrayList<>();
        for (String one : value.split(",", -1)) {
            numbers.add(number(name, one, most));
        }
        return numbers;
    }

    /** A number from 1 to {@code most}; an argument error names the option. */
    static int number(String name, String value, int most) {
        int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(name + " " + value + ": the number must be 1 to " + most);
        }
        return number;
    }
}
