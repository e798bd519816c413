package dev.kombo.engine.entity;

import dev.kombo.catalog.index.FactorIndex;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.learning.factors.PartnerFactors;

/** Looks up factor vectors in the catalogue index, which holds the vectors of all items and bundles. */
public final class IndexedFactors implements PartnerFactors {
    private final FactorIndex index;

    public IndexedFactors(FactorIndex index) {
        this.index = index;
    }

    @Override
    public boolean knows(long partner) {
        return index.slotOfPrefix(partner) != FactorIndex.UNKNOWN;
    }

    @Override
    public int generation() {
        return index.space().generation();
    }

    @Override
    public boolean addTo(long partner, float weight, float[] sum) {
        return index.addSwept(index.slotOfPrefix(partner), weight, sum);
    }

    @Override
    public boolean addColumn(long partner, float weight, float[] product) {
        return index.columns().addTo(partner, weight, product);
    }

    @Override
    public void addWhitened(float[] sum, float[] whitened) {
        FactorSpace space = index.space();
        if (space.factors() == sum.length) {
            space.addWhitened(sum, 1f, whitened);
        }
    }

    @Override
    public boolean copyTo(long partner, float[] vector) {
        int slot = index.slotOfPrefix(partner);
        float[] known = slot == FactorIndex.UNKNOWN ? null : index.vector(slot);
        if (known == null || known.length != vector.length) {
            return false;
        }
        System.arraycopy(known, 0, vector, 0, vector.length);
        return true;
    }
}
