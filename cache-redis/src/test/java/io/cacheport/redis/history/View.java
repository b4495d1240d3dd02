package io.cacheport.redis.history;

import java.util.List;
import java.util.SplittableRandom;

/** The kinds of keys: two tenants with keys of the same names, another type, and keys that no view makes. */
enum View {
    LOOSE("loose:", Price.class),
    FIRST_TENANT("price:t1:", Price.class),
    SECOND_TENANT("price:t2:", Price.class),
    DISHES("dish:", Dish.class);

    /** The one whose values have a tag. */
    static final View TAGGED = FIRST_TENANT;

    /** Few, so that callers meet. */
    static final int KEYS_EACH = 10;

    static final int KEYS = KEYS_EACH * 4;

    static final List<View> ALL = List.of(values());

    /** What all its keys begin with. */
    final String prefix;

    final Class<? extends Item> type;

    View(String prefix, Class<? extends Item> type) {
        this.prefix = prefix;
        this.type = type;
    }

    /** A value says which key it is of, and which version. */
    sealed interface Item permits Price, Dish {
        String key();

        long version();
    }

    record Price(String priceOf, long version) implements Item {
        @Override
        public String key() {
            return priceOf;
        }
    }

    record Dish(String dishOf, long version) implements Item {
        @Override
        public String key() {
            return dishOf;
        }
    }

    static View any(SplittableRandom random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    Item item(String key, long version) {
        return type == Price.class ? new Price(key, version) : new Dish(key, version);
    }

    /** Of the other type. */
    Class<? extends Item> anotherType() {
        return type == Price.class ? Dish.class : Price.class;
    }
}
