package dev.kombo.research.data;

/** Which part of a data set an evaluation predicts: the one for choices, or the one held out. */
public enum PredictedPart {
    /** The part for making choices: figures from it are no evidence. */
    TUNE,
    /** The part held out for the final test. */
    TEST;

    /** Name of the file of the test part in the folder of a data set, where the data set does not name one. */
    public static final String TEST_CSV = "test.csv";
}
