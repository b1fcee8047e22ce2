//! Where rows are written: standard output, or a file that appears only when everything is in it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// A place for output.
pub(crate) struct Output<'o> {
    name: String,
    place: Place<'o>,
}

enum Place<'o> {
    /// Written as it comes: standard output, a device, a named pipe.
    Stream(Box<dyn Write + 'o>),
    /// Written beside its final name first.
    File(Beside),
}

/// A file under a temporary name beside the final one; removed unless it is finished.
struct Beside {
    file: Option<File>,
    part: PathBuf,
    target: PathBuf,
}

impl<'o> Output<'o> {
    /// Standard output.
    pub(crate) fn standard(stdout: &'o mut dyn Write) -> Self {
        Self { name: "standard output".to_owned(), place: Place::Stream(Box::new(stdout)) }
    }

    /// A file. What stands under its name stays until [`Output::finish`].
    pub(crate) fn file(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        Self::open(path)
            .map(|place| Self { name: name.clone(), place })
            .map_err(|error| Failure::writing(&name, &error))
    }

    fn open(path: &Path) -> io::Result<Place<'o>> {
        let present = match fs::metadata(path) {
            Ok(present) => Some(present),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if let Some(present) = &present {
            if present.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            // A device or a pipe cannot be replaced, and nothing can be half written under its name.
            if !present.is_file() {
                let device = OpenOptions::new().write(true).open(path)?;
                return Ok(Place::Stream(Box::new(device)));
            }
        }
        // Behind a link the file is replaced, not the link.
        let target = if present.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
        let beside = Beside::create(target)?;
        if let (Some(present), Some(file)) = (present, &beside.file) {
            if present.permissions().readonly() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            // Where the system does not let us, the file has the usual permissions of a new one.
            let _ = file.set_permissions(present.permissions());
        }
        Ok(Place::File(beside))
    }

    /// Puts the file under its final name; nothing is left to write.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let finished = self.flush().and_then(|()| match self.place {
            Place::Stream(_) => Ok(()),
            Place::File(beside) => beside.finish(),
        });
        finished.map_err(|error| Failure::writing(&self.name, &error))
    }

    /// The file that is being written, where it is one.
    #[cfg(feature = "workbooks")]
    pub(crate) fn as_file(&mut self) -> Option<&mut File> {
        match &mut self.place {
            Place::Stream(_) => None,
            Place::File(beside) => beside.file.as_mut(),
        }
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.place {
            Place::Stream(stream) => stream.write(bytes),
            Place::File(beside) => beside.file.as_mut().map_or(Ok(0), |file| file.write(bytes)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.place {
            Place::Stream(stream) => stream.flush(),
            Place::File(beside) => beside.file.as_mut().map_or(Ok(()), Write::flush),
        }
    }
}

impl Beside {
    fn create(target: PathBuf) -> io::Result<Self> {
        let Some(name) = target.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        // A part that an earlier, killed process of the same number left behind is passed over.
        for attempt in 0_u8..=u8::MAX {
            let part = target.with_file_name(format!(".{name}.{}-{attempt}.part", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&part) {
                Ok(file) => return Ok(Self { file: Some(file), part, target }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn finish(mut self) -> io::Result<()> {
        // Closed first: some systems do not rename an open file.
        self.file = None;
        fs::rename(&self.part, &self.target)?;
        self.part.clear();
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.file = None;
        if !self.part.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.part);
        }
    }
}
