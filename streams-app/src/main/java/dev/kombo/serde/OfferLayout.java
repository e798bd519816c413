package dev.kombo.serde;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.catalog.BundleMember;
import dev.kombo.experiment.Enrollment.Assignment;
import java.util.ArrayList;
import java.util.List;

/** Serializes the content of an open offer, in a flat layout whose first byte is its version. Not thread-safe. */
public final class OfferLayout {
    /** First byte of the layout; must be raised with each change. */
    private static final int VERSION = 1;

    private final FlatWriter out = new FlatWriter();

    public byte[] write(OpenOffer.Content offer) {
        out.clear();
        out.put(VERSION);
        out.text(offer.placement());
        out.text(offer.assignment().experiment());
        out.text(offer.assignment().arm());
        out.number(offer.assignment().strategyVersion());
        out.number(offer.expiresAt());
        out.number(offer.bundles().size());
        offer.bundles().forEach(this::write);
        return out.toBytes();
    }

    private void write(OfferedBundle bundle) {
        out.text(bundle.bundleId());
        out.number(bundle.rank());
        out.real(bundle.propensity());
        out.number(bundle.priceMinor());
        out.number(bundle.savingMinor());
        out.text(bundle.currency());
        out.number(bundle.members().size());
        for (BundleMember member : bundle.members()) {
            out.text(member.itemId());
            out.number(member.quantity());
        }
        out.number(bundle.features().length);
        for (float feature : bundle.features()) {
            out.real(feature);
        }
    }

    /**
     * Reads a stored content.
     *
     * @throws IllegalArgumentException if a later version wrote it in an unknown layout
     */
    public static OpenOffer.Content read(byte[] stored) {
        FlatReader in = new FlatReader(stored);
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("an offer of layout " + version + ", " + VERSION + " is known");
        }
        String placement = in.text();
        Assignment assignment = new Assignment(in.text(), in.text(), in.number());
        long expiresAt = in.number();
        int size = in.count();
        List<OfferedBundle> bundles = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            bundles.add(bundle(in));
        }
        return new OpenOffer.Content(placement, assignment, expiresAt, bundles);
    }

    private static OfferedBundle bundle(FlatReader in) {
        String bundleId = in.text();
        int rank = in.count();
        double propensity = in.realDouble();
        long priceMinor = in.number();
        long savingMinor = in.number();
        String currency = in.text();
        int size = in.count();
        List<BundleMember> members = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            members.add(new BundleMember(in.text(), in.count()));
        }
        float[] features = new float[in.count()];
        for (int i = 0; i < features.length; i++) {
            features[i] = in.realFloat();
        }
        return new OfferedBundle(bundleId, rank, propensity, priceMinor, savingMinor, currency, members, features);
    }
}
