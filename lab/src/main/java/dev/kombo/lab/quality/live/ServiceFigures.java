package dev.kombo.lab.quality.live;

/** What instances of the service tell of their work, summed up over them; cheap enough to be asked many times a second. */
interface ServiceFigures {
    /** A counter; 0 where nothing was counted. */
    long count(String counter);
}
