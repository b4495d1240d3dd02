package io.cacheport.redis.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.Glob;
import io.cacheport.redis.guard.InvalidationJournal.KeptKey;
import io.cacheport.redis.guard.InvalidationJournal.KeptPattern;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** G4 and G5: what is kept, what it covers, and when it is forgotten. */
class InvalidationJournalTest {

    private static final int SLOT = 7;
    private static final int OTHER_SLOT = 8;
    private static final BitSet ALL = slots(SLOT, OTHER_SLOT);

    private final InvalidationJournal journal = new InvalidationJournal(3, glob -> Glob.of(glob)::matches);

    private static BitSet slots(int... which) {
        BitSet slots = new BitSet();
        for (int slot : which) {
            slots.set(slot);
        }
        return slots;
    }

    @Test
    void aKeyIsCoveredUntilItsRemovalIsMade() {
        assertThat(journal.isEmpty()).isTrue();
        assertThat(journal.add("k", ALL)).isTrue();

        assertThat(journal.covers("k", SLOT)).isTrue();
        assertThat(journal.covers("l", SLOT)).isFalse();

        journal.keys().forEach(journal::done);
        assertThat(journal.covers("k", SLOT)).isFalse();
        assertThat(journal.isEmpty()).isTrue();
        assertThat(journal.replayedCount()).isEqualTo(1);
    }

    @Test
    void theSameTwiceIsKeptOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(journal.add("k", ALL)).isTrue();
            assertThat(journal.add("k*", ALL, ALL)).isTrue();
        }
        assertThat(journal.pending()).isEqualTo(2);
    }

    /** It may have been read and stored again between the two. */
    @Test
    void whatFailedAgainDuringItsReplayStays() {
        journal.add("k", ALL);
        journal.add("k*", ALL, ALL);
        KeptKey key = journal.keys().get(0);
        KeptPattern pattern = journal.patterns().get(0);
        journal.add("k", ALL);
        journal.add("k*", ALL, ALL);

        journal.done(key);
        journal.done(pattern, ALL);

        assertThat(journal.pending()).isEqualTo(2);
        assertThat(journal.covers("k", SLOT)).isTrue();
    }

    /** Each would be read as if nothing waited. */
    @Test
    void theLastKeyAndTheLastPatternLeaveWhatElseWaits() {
        journal.add("k", ALL);
        journal.add("a*", ALL, ALL);
        journal.keys().forEach(journal::done);
        assertThat(journal.covers("a:1", SLOT)).isTrue();

        journal.add("k", ALL);
        journal.patterns().forEach(pattern -> journal.done(pattern, ALL));
        assertThat(journal.covers("k", SLOT)).isTrue();
    }

    @Test
    void aPatternIsCoveredSlotBySlot() {
        journal.add("a*", ALL, ALL);
        assertThat(journal.covers("abc", SLOT)).isTrue();
        assertThat(journal.covers("abc", OTHER_SLOT)).isTrue();
        assertThat(journal.covers("bc", SLOT)).isFalse();

        journal.done(journal.patterns().get(0), slots(SLOT));

        assertThat(journal.covers("abc", SLOT)).isFalse();
        assertThat(journal.covers("abc", OTHER_SLOT)).isTrue();
        assertThat(journal.replayedCount()).isZero();

        journal.done(journal.patterns().get(0), slots(OTHER_SLOT));

        assertThat(journal.isEmpty()).isTrue();
        assertThat(journal.replayedCount()).isEqualTo(1);
    }

    @Test
    void aPatternKeptAgainCoversTheSlotsOfBoth() {
        journal.add("a*", slots(SLOT), ALL);
        journal.add("a*", slots(OTHER_SLOT), ALL);

        assertThat(journal.covers("a", SLOT)).isTrue();
        assertThat(journal.covers("a", OTHER_SLOT)).isTrue();
        assertThat(journal.pending()).isEqualTo(1);
    }

    @Test
    void tooManyKeysBecomeEverything() {
        assertThat(journal.add("1", ALL)).isTrue();
        assertThat(journal.add("2", ALL)).isTrue();
        assertThat(journal.add("3", ALL)).isTrue();
        assertThat(journal.add("3", ALL)).as("known").isTrue();
        assertThat(journal.overflowCount()).isZero();

        assertThat(journal.add("4", ALL)).isFalse();

        assertThat(journal.pending()).isEqualTo(1);
        assertThat(journal.overflowCount()).isEqualTo(1);
        assertThat(journal.covers("1", SLOT)).isTrue();
        assertThat(journal.covers("never seen", OTHER_SLOT)).isTrue();
        assertThat(journal.lostCount()).isZero();
    }

    @Test
    void tooManyPatternsBecomeEverything() {
        for (int i = 0; i < InvalidationJournal.MOST_PATTERNS; i++) {
            assertThat(journal.add("p" + i + "*", ALL, ALL)).isTrue();
        }
        assertThat(journal.add("p0*", ALL, ALL)).as("not one more").isTrue();
        assertThat(journal.covers("other", SLOT)).isFalse();

        assertThat(journal.add("one more*", ALL, ALL)).isFalse();

        assertThat(journal.pending()).isEqualTo(1);
        assertThat(journal.covers("other", SLOT)).isTrue();
    }

    @Test
    void whatIsGivenUpIsCounted() {
        journal.add("k", ALL);
        journal.add("a*", ALL, ALL);

        assertThat(journal.giveUp()).isEqualTo(2);

        assertThat(journal.lostCount()).isEqualTo(2);
        assertThat(journal.isEmpty()).isTrue();
        assertThat(journal.covers("k", SLOT)).isFalse();
    }
}
