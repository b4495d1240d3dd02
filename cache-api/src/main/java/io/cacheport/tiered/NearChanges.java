package io.cacheport.tiered;

import io.cacheport.Glob;
import io.cacheport.tiered.FeedSource.Changes;

/** What the store says is no longer near. */
final class NearChanges implements Changes {

    private final NearStore near;
    private final Waits waits;

    NearChanges(NearStore near, Waits waits) {
        this.near = near;
        this.waits = waits;
    }

    @Override
    public void changed(String key) {
        near.drop(key);
        waits.changed(key);
    }

    @Override
    public void changed(Glob glob) {
        near.drop(glob);
        waits.changedAll();
    }

    @Override
    public void everythingChanged() {
        near.dropAll();
        waits.changedAll();
    }
}
