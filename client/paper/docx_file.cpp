#include "client/paper/docx_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "client/paper/template.hpp"

namespace hoso::client::paper {
namespace {

struct FreeArchive {
    void operator()(archive* held) const { archive_write_free(held); }
};
struct FreeEntry {
    void operator()(archive_entry* held) const { archive_entry_free(held); }
};

la_ssize_t append(archive*, void* to, const void* bytes, std::size_t size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

bool add(archive* to, const char* name, std::string_view bytes) {
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    return archive_write_header(to, entry.get()) == ARCHIVE_OK &&
           archive_write_data(to, bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
}

}  // namespace

Result<std::string> docx_file(std::string_view document, std::string_view header) {
    std::string bytes;
    const std::unique_ptr<archive, FreeArchive> zip(archive_write_new());
    archive_write_set_format_zip(zip.get());
    archive_write_set_bytes_per_block(zip.get(), 0);
    archive_write_set_bytes_in_last_block(zip.get(), 1);
    const bool made = archive_write_open(zip.get(), &bytes, nullptr, append, nullptr) == ARCHIVE_OK &&
                      add(zip.get(), "[Content_Types].xml", template_named("content_types")) &&
                      add(zip.get(), "_rels/.rels", template_named("package_rels")) &&
                      add(zip.get(), "word/document.xml", document) && add(zip.get(), "word/header1.xml", header) &&
                      add(zip.get(), "word/styles.xml", template_named("styles")) &&
                      add(zip.get(), "word/_rels/document.xml.rels", template_named("document_rels")) &&
                      archive_write_close(zip.get()) == ARCHIVE_OK;
    if (!made) {
        const char* why = archive_error_string(zip.get());
        return Error{Errc::internal, std::string("The DOCX could not be made: ") + (why ? why : "no reason given")};
    }
    return bytes;
}

}  // namespace hoso::client::paper
