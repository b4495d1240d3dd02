package io.cacheport.tiered;

import io.cacheport.Glob;
import io.cacheport.tiered.FeedSource.Changes;

/** What the store says is no longer near. */
final class NearChanges implements Changes {

    private final NearStore near;

    NearChanges(NearStore near) {
        this.near = near;
    }

    @Override
    public void changed(String key) {
        near.drop(key);
    }

    @Override
    public void changed(Glob glob) {
        near.drop(glob);
    }

    @Override
    public void everythingChanged() {
        near.dropAll();
    }
}
