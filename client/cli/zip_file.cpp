#include "client/cli/zip_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>

namespace hoso::client::cli {
namespace {

struct FreeEntry {
    void operator()(archive_entry* held) const { archive_entry_free(held); }
};

Error failure(archive* of) {
    const int number = archive_errno(of);
    const Errc code = number == ENOSPC || number == EDQUOT  ? Errc::full
                      : number == EACCES || number == EPERM ? Errc::denied
                                                            : Errc::io;
    const char* told = archive_error_string(of);
    const std::string why = told ? told : "?";
    return {code, "The ZIP file could not be written: " + why + ". Make room or choose another folder, and try again."};
}

}  // namespace

void ZipFile::Free::operator()(archive* held) const { archive_write_free(held); }

Error ZipFile::failed() const { return failure(to_.get()); }

Result<std::unique_ptr<ZipFile>> ZipFile::create(const std::filesystem::path& file, Date day) {
    std::unique_ptr<archive, Free> to(archive_write_new());
    const bool open = archive_write_set_format_zip(to.get()) == ARCHIVE_OK &&
                      archive_write_set_options(to.get(), "zip:compression=store,zip:hdrcharset=UTF-8") == ARCHIVE_OK &&
                      archive_write_open_filename(to.get(), file.c_str()) == ARCHIVE_OK;
    if (!open) return failure(to.get());
    return std::unique_ptr<ZipFile>(new ZipFile(std::move(to), day));
}

Result<void> ZipFile::begin(const std::string& name, std::uint64_t bytes) {
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), static_cast<time_t>(std::chrono::sys_seconds(day_).time_since_epoch().count()), 0);
    if (archive_write_header(to_.get(), entry.get()) != ARCHIVE_OK) return failed();
    return {};
}

Result<void> ZipFile::write(ByteSpan bytes) {
    if (archive_write_data(to_.get(), bytes.data(), bytes.size()) != static_cast<la_ssize_t>(bytes.size())) return failed();
    return {};
}

Result<void> ZipFile::finish() {
    if (archive_write_close(to_.get()) != ARCHIVE_OK) return failed();
    return {};
}

}  // namespace hoso::client::cli
