package dev.kombo.learning.network;

import org.ejml.data.DMatrixRMaj;

/** Copies between flat arrays and matrices. */
final class FlatArrays {
    private FlatArrays() {}

    /** Copies flat weights from an offset into the first elements of a target. */
    static void read(float[] weights, int offset, double[] target, int length) {
        for (int i = 0; i < length; i++) {
            target[i] = weights[offset + i];
        }
    }

    /** Adds all elements of a matrix to flat numbers from an offset on. */
    static void add(double[] target, int offset, DMatrixRMaj matrix) {
        int length = matrix.getNumElements();
        for (int i = 0; i < length; i++) {
            target[offset + i] += matrix.data[i];
        }
    }
}
