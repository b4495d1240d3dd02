package io.cacheport.redis.history;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What a caller may do next, and how often it does. One more is one line here and a method in {@link Actor}. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
enum Operation {
    LOAD(600, actor -> actor.load(Key.any(actor.random))),
    LOAD_SEVERAL(130, actor -> actor.loadSeveral(inAView(actor.random))),
    PEEK(120, actor -> actor.peek(Key.any(actor.random))),
    PEEK_SEVERAL(40, actor -> actor.peekSeveral(Key.several(actor.random))),
    PEEK_AS_ANOTHER_TYPE(5, actor -> actor.peekAsAnother(Key.any(actor.random))),
    REMOVE(40, actor -> actor.remove(List.of(Key.any(actor.random)))),
    REMOVE_SEVERAL(15, actor -> actor.remove(Key.several(actor.random))),
    REMOVE_OR_KEEP(20, actor -> actor.removeOrKeep(Key.any(actor.random))),
    FLUSH(5, actor -> actor.flush(View.any(actor.random))),
    FLUSH_OR_KEEP(5, actor -> actor.flushOrKeep(View.any(actor.random))),
    INVALIDATE_TAG(8, Actor::invalidateTag),
    REMOVE_BY_HAND(20, actor -> actor.removeByHand(Key.any(actor.random)));

    private static final List<Operation> ALL = List.of(values());
    private static final int WEIGHTS =
            ALL.stream().mapToInt(operation -> operation.weight).sum();

    private final int weight;
    private final Consumer<Actor> action;

    Operation(int weight, Consumer<Actor> action) {
        this.weight = weight;
        this.action = action;
    }

    void run(Actor actor) {
        action.accept(actor);
    }

    static Operation any(SplittableRandom random) {
        int left = random.nextInt(WEIGHTS);
        for (Operation operation : ALL) {
            left -= operation.weight;
            if (left < 0) {
                return operation;
            }
        }
        throw new IllegalStateException("weights");
    }

    /** Loose keys have no {@code getAll}. */
    private static List<Key> inAView(SplittableRandom random) {
        List<Key> keys = Key.several(random);
        return keys.get(0).view() == View.LOOSE ? Key.of(View.DISHES).subList(0, keys.size()) : keys;
    }
}
