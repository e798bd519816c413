package dev.kombo.query;

import dev.kombo.profile.ShopperState;
import dev.kombo.query.http.ApiException;

/** The shopper profiles of this instance. */
@FunctionalInterface
public interface Profiles {
    /**
     * Returns the profile of a shopper; null if there is none.
     *
     * @param shopperKey as created by {@link dev.kombo.profile.ShopperKey}
     * @throws ApiException 503 while the store cannot be read, or if it is on another instance
     */
    StoreReading<ShopperState> find(String shopperKey);
}
