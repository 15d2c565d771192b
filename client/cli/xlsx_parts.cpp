#include "client/cli/xlsx_parts.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <expat.h>

#include <array>
#include <memory>

namespace hoso::client::cli {
namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;
// Expat 2.5 scans a token from its beginning again with every chunk (CVE-2023-52425).
constexpr std::size_t chunks_of_a_token_max = 4;
constexpr char between = '|';  // a namespace and a name in it

struct FreeArchive {
    void operator()(archive* held) const { archive_read_free(held); }
};
struct FreeParser {
    void operator()(XML_ParserStruct* held) const { XML_ParserFree(held); }
};

Error damaged(std::string_view part, const char* why) {
    return {Errc::invalid, "The spreadsheet file cannot be read" + (part.empty() ? std::string{} : " at " + std::string(part)) +
                               " (" + (why ? why : "no reason given") +
                               "). Open it, save it as .xlsx without a password, and try again."};
}

std::string_view local(const char* name) {
    const std::string_view whole(name);
    const auto at = whole.rfind(between);
    return at == std::string_view::npos ? whole : whole.substr(at + 1);
}

// Expat over one part, piece by piece.
class Parser {
public:
    explicit Parser(const XmlReader& reader) : reader_(reader), parser_(XML_ParserCreateNS(nullptr, between)) {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), opens, closes);
        XML_SetCharacterDataHandler(parser_.get(), text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), doctype);
        XML_SetDefaultHandler(parser_.get(), other);
    }

    // Whether more is wanted.
    Result<bool> take(std::string_view part, std::string_view bytes, bool last) {
        const auto status = XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last);
        if (enough_) return false;
        chunks_ = seen_ ? 0 : chunks_ + 1;
        seen_ = false;
        if (chunks_ > chunks_of_a_token_max) return damaged(part, "one mark goes over more than 256 KiB");
        if (status == XML_STATUS_OK) return true;
        return damaged(part, doctype_ ? "it declares a document type" : XML_ErrorString(XML_GetErrorCode(parser_.get())));
    }

private:
    static Parser& of(void* self) { return *static_cast<Parser*>(self); }
    static void opens(void* self, const char* name, const char** pairs) {
        of(self).seen_ = true;
        Attributes attributes;
        for (; *pairs; pairs += 2) attributes.emplace(local(pairs[0]), pairs[1]);
        if (of(self).reader_.opens) of(self).reader_.opens(local(name), attributes);
        of(self).ask();
    }
    static void closes(void* self, const char* name) {
        of(self).seen_ = true;
        if (of(self).reader_.closes) of(self).reader_.closes(local(name));
        of(self).ask();
    }
    static void text(void* self, const char* letters, int count) {
        of(self).seen_ = true;
        if (of(self).reader_.text) of(self).reader_.text({letters, static_cast<std::size_t>(count)});
    }
    static void other(void* self, const char*, int) { of(self).seen_ = true; }
    static void doctype(void* self, const char*, const char*, const char*, int) {
        of(self).doctype_ = true;
        XML_StopParser(of(self).parser_.get(), XML_FALSE);
    }
    void ask() {
        if (!enough_ && reader_.enough()) {
            enough_ = true;
            XML_StopParser(parser_.get(), XML_FALSE);
        }
    }

    const XmlReader& reader_;
    std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
    std::size_t chunks_ = 0;  // in which nothing ended
    bool seen_ = false;
    bool enough_ = false;
    bool doctype_ = false;
};

Result<void> read_part(archive* from, std::string_view part, const XmlReader& reader, std::uint64_t& unpacked) {
    Parser parser(reader);
    std::array<char, chunk_bytes> chunk{};
    for (;;) {
        const la_ssize_t count = archive_read_data(from, chunk.data(), chunk.size());
        if (count < 0) return damaged(part, archive_error_string(from));
        unpacked += static_cast<std::uint64_t>(count);
        if (unpacked > xlsx_unpacked_bytes_max) {
            return Error{Errc::limit,
                         "The spreadsheet file unpacks to more than 256 MiB: cut it into several, or save it as CSV UTF-8."};
        }
        const auto more = parser.take(part, {chunk.data(), static_cast<std::size_t>(count)}, count == 0);
        if (!more) return more.error();
        if (!*more || count == 0) return {};
    }
}

}  // namespace

Result<void> read_parts(std::string_view bytes, const ReaderOf& reader_of) {
    const std::unique_ptr<archive, FreeArchive> zip(archive_read_new());
    archive_read_support_format_zip(zip.get());
    if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return damaged({}, archive_error_string(zip.get()));
    std::uint64_t unpacked = 0;
    archive_entry* entry = nullptr;
    for (std::size_t parts = 0;; ++parts) {
        const int next = archive_read_next_header(zip.get(), &entry);
        if (next == ARCHIVE_EOF) return {};
        if (next != ARCHIVE_OK && next != ARCHIVE_WARN) return damaged({}, archive_error_string(zip.get()));
        if (parts == xlsx_parts_max)
            return Error{Errc::limit, "The spreadsheet file has more than 4096 parts: save it as CSV UTF-8."};
        const char* name = archive_entry_pathname_utf8(entry);
        const XmlReader* reader = name ? reader_of(name) : nullptr;
        if (!reader) continue;
        if (archive_entry_is_data_encrypted(entry)) return damaged(name, "it has a password");
        if (const auto done = read_part(zip.get(), name, *reader, unpacked); !done) return done.error();
    }
}

}  // namespace hoso::client::cli
