package dev.kombo.catalog;

import java.util.Collection;

/** 64-bit hashes of what the index holds, field by field, equal in every run; see {@link CatalogIndex#fingerprint}. */
final class ContentHash {
    private long state;

    private ContentHash(String kind) {
        state = StableHash.of(kind);
    }

    static long of(ItemEntry entry) {
        long hash = 0;
        if (entry.item() != null) {
            Item item = entry.item();
            hash += new ContentHash("item")
                    .add(item.id())
                    .add(item.title())
                    .add(item.category())
                    .add(item.priceMinor())
                    .add(item.currency())
                    .add(item.costMinor())
                    .add(item.stock())
                    .state;
        }
        return hash + of(entry.model());
    }

    static long of(BundleEntry entry) {
        long hash = of(entry.model());
        Bundle bundle = entry.bundle();
        if (bundle == null) {
            return hash;
        }
        ContentHash content = new ContentHash("bundle")
                .add(bundle.id())
                .add(bundle.title())
                .add(bundle.priceMinor())
                .add(bundle.listPriceMinor())
                .add(bundle.currency())
                .add(bundle.marginMinor())
                .add(bundle.stock())
                .add(bundle.validFrom())
                .add(bundle.validUntil())
                .addUnordered(bundle.segments())
                .add(bundle.origin() == null ? null : bundle.origin().name())
                .add(bundle.createdAt());
        for (BundleMember member : bundle.members()) {
            content.add(member.itemId()).add(member.quantity());
        }
        return hash + content.addDerived(entry).state;
    }

    static long of(TargetModel model) {
        if (model == null) {
            return 0;
        }
        ContentHash content = new ContentHash("model")
                .add(model.target())
                .add(model.vector())
                .add(model.bias())
                .add(model.popularityShort())
                .add(model.popularityLong())
                .add(model.popularityTime())
                .add(model.interactions())
                .add(model.purchases())
                .add(model.lastPriceMinor())
                .add(model.currency())
                .add(model.responses().impressions())
                .add(model.responses().clicks())
                .add(model.responses().conversions())
                .add(model.responses().time())
                .add(model.version());
        for (Neighbor neighbor : model.neighbors()) {
            content.add(neighbor.itemId()).add(neighbor.weight()).add(neighbor.orders());
        }
        return content.state;
    }

    private ContentHash addDerived(BundleEntry entry) {
        return add(entry.logPopularityShort())
                .add(entry.logPopularityLong())
                .add(entry.sellable())
                .add(entry.priced() ? 1 : 0)
                .add(entry.oneCurrency() ? 1 : 0)
                .add(entry.listPriceMinor());
    }

    private ContentHash add(String text) {
        return add(text == null ? 0L : StableHash.of(text));
    }

    private ContentHash add(double value) {
        return add(Double.doubleToLongBits(value));
    }

    private ContentHash add(float[] vector) {
        for (float component : vector) {
            add((double) component);
        }
        return add(vector.length);
    }

    private ContentHash addUnordered(Collection<String> texts) {
        long sum = 0;
        for (String text : texts) {
            sum += StableHash.of(text);
        }
        return add(sum);
    }

    private ContentHash add(long value) {
        state = StableHash.combine(state, value);
        return this;
    }
}
