package io.cacheport.redis.history;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One key of the history.
 *
 * @param index from 0 to {@link View#KEYS}
 * @param view the kind it is of
 * @param text its name within the view
 * @param name the whole of it
 */
record Key(int index, View view, String text, String name) {

    private static final List<Key> ALL =
            IntStream.range(0, View.KEYS).mapToObj(Key::at).toList();

    private static Key at(int index) {
        View view = View.ALL.get(index / View.KEYS_EACH);
        String text = "k" + index % View.KEYS_EACH;
        return new Key(index, view, text, view.prefix + text);
    }

    static List<Key> all() {
        return ALL;
    }

    static List<Key> of(View view) {
        int from = View.ALL.indexOf(view) * View.KEYS_EACH;
        return ALL.subList(from, from + View.KEYS_EACH);
    }

    static Key of(int index) {
        return ALL.get(index);
    }

    /** By the whole name. */
    static Key named(String name) {
        return ALL.stream()
                .filter(key -> key.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key of the history: " + name));
    }

    /** Half the time the first of a view, which is wanted more than others. */
    static Key any(SplittableRandom random) {
        int index = random.nextInt(View.KEYS);
        return ALL.get(random.nextBoolean() ? index : index - index % View.KEYS_EACH);
    }

    /** Two to five of one view. */
    static List<Key> several(SplittableRandom random) {
        List<Key> all = of(View.any(random));
        int count = 2 + random.nextInt(4);
        int from = random.nextInt(View.KEYS_EACH - count + 1);
        return all.subList(from, from + count);
    }
}
