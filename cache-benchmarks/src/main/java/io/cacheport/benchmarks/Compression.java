package io.cacheport.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/** What compression makes of JSON of 1, 10 and 100 KB, and what it costs on top of writing and reading that JSON. */
public final class Compression {

    private static final List<Integer> SIZES = List.of(500, 1_000, 2_000, 10_000, 100_000);
    private static final int DOCUMENTS = 16;
    private static final String[] WORDS =
            ("studio engineer weekend group piano garden evening light stage guitar drum mix"
                            + " booking quiet river terrace wedding camera sound couple breakfast valley northern harbour seat")
                    .split(" ");

    private Compression() {}

    /** One of many in a document. */
    record Offer(
            String id,
            String name,
            String description,
            long priceCents,
            double rating,
            boolean active,
            String updatedAt) {

        static Offer of(Random random) {
            StringBuilder description = new StringBuilder();
            for (int i = 0; i < 14; i++) {
                description.append(word(random)).append(' ');
            }
            return new Offer(
                    new UUID(random.nextLong(), random.nextLong()).toString(),
                    word(random) + " " + word(random),
                    description.toString(),
                    random.nextInt(100_000),
                    random.nextInt(500) / 100.0,
                    random.nextBoolean(),
                    String.format(
                            Locale.ROOT,
                            "2026-%02d-%02dT09:%02d:00Z",
                            1 + random.nextInt(12),
                            1 + random.nextInt(28),
                            random.nextInt(60)));
        }

        private static String word(Random random) {
            return WORDS[random.nextInt(WORDS.length)];
        }
    }

    /** About so many bytes. */
    record Catalog(String tenant, List<Offer> offers) {}

    /** Prints two tables for each size; exits with 2 if the arguments are wrong. */
    public static void main(String... arguments) throws Exception {
        Options options = Options.orExit(
                "Compares ways to compress JSON with leaving it as it is, by writing and reading both.",
                List.of(1),
                arguments);
        ObjectMapper mapper = new ObjectMapper();
        for (int size : SIZES) {
            Map<String, Catalog> documents = new HashMap<>();
            for (int i = 0; i < DOCUMENTS; i++) {
                documents.put("document-" + i, document(mapper, size, new Random(i)));
            }
            List<Candidate> writing = new ArrayList<>();
            List<Candidate> reading = new ArrayList<>();
            System.out.printf(Locale.ROOT, "%n| %,d B | bytes | of the JSON |%n|---|---|---|%n", size);
            for (Compressor compressor : Compressor.all()) {
                add(compressor, mapper, documents, writing, reading);
            }
            print(size + " B, written", options, writing, documents);
            print(size + " B, read", options, reading, documents);
        }
    }

    private static void print(String title, Options options, List<Candidate> all, Map<String, Catalog> documents)
            throws Exception {
        List<Candidate> candidates = options.chosen(Compressor.NONE, all);
        TightLoop loop = new TightLoop(List.copyOf(documents.keySet()));
        loop.meet(candidates);
        Comparison comparison = new Comparison(options.rounds(), options.turn(), options.warmUp());
        System.out.println();
        System.out.print(title + ":" + HitReport.of(1, candidates, comparison.run(candidates, loop, 1), List.of(0)));
    }

    private static void add(
            Compressor compressor,
            ObjectMapper mapper,
            Map<String, Catalog> documents,
            List<Candidate> writing,
            List<Candidate> reading)
            throws JsonProcessingException {
        Map<String, byte[]> stored = new HashMap<>();
        Map<String, Integer> lengths = new HashMap<>();
        long before = 0;
        long after = 0;
        for (Map.Entry<String, Catalog> document : documents.entrySet()) {
            byte[] plain = mapper.writeValueAsBytes(document.getValue());
            byte[] squeezed = compressor.squeeze().of(plain);
            before += plain.length;
            after += squeezed.length;
            stored.put(document.getKey(), squeezed);
            lengths.put(document.getKey(), plain.length);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.0f %% |%n",
                compressor.name(),
                after / documents.size(),
                100.0 * after / before);
        String name = compressor.name();
        writing.add(new Candidate(name, key -> compressor.squeeze().of(mapper.writeValueAsBytes(documents.get(key)))));
        ObjectReader reader = mapper.readerFor(Catalog.class);
        reading.add(new Candidate(
                name,
                key -> reader.readValue(compressor
                        .expand()
                        .of(Objects.requireNonNull(stored.get(key)), Objects.requireNonNull(lengths.get(key))))));
    }

    private static Catalog document(ObjectMapper mapper, int bytes, Random random) throws JsonProcessingException {
        List<Offer> offers = new ArrayList<>();
        Catalog catalog = new Catalog("tenant-" + random.nextInt(100), offers);
        while (mapper.writeValueAsBytes(catalog).length < bytes) {
            offers.add(Offer.of(random));
        }
        return catalog;
    }
}
