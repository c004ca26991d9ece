"""Pictures, film and sound as files: what libav, Skia and PDFium do for us."""
