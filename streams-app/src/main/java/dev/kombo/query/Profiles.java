package dev.kombo.query;

import dev.kombo.profile.ShopperState;
import dev.kombo.query.http.ApiException;

/** What this instance knows of shoppers. */
@FunctionalInterface
public interface Profiles {
    /**
     * The profile of a shopper; null where there is none.
     *
     * @param shopperKey as {@link dev.kombo.profile.ShopperKey} makes it
     * @throws ApiException 503 while the store cannot be read, or where it is on another instance
     */
    Reading<ShopperState> find(String shopperKey);
}
