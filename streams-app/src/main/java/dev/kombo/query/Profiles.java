package dev.kombo.query;

import dev.kombo.schema.UserProfile;

/** What is known of shoppers. */
@FunctionalInterface
public interface Profiles {
    /**
     * The profile of a shopper, or null.
     *
     * @param shopperKey as {@link dev.kombo.profile.ShopperKey} makes it
     * @throws StateUnavailableException while the store cannot be read
     */
    UserProfile find(String shopperKey);
}
