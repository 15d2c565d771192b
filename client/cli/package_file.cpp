#include "client/cli/package_file.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "client/cli/names.hpp"
#include "client/cli/papers.hpp"
#include "client/cli/sheet_file.hpp"
#include "client/cli/zip_file.hpp"
#include "client/text/words.hpp"
#include "client/views/product_views.hpp"
#include "client/views/rule_words.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/tally.hpp"

namespace hoso::client::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::size_t name_letters_max = 60;

const char* end_of(std::string_view media_type) {
    constexpr std::pair<std::string_view, const char*> ends[] = {{"application/pdf", ".pdf"}, {"image/jpeg", ".jpg"},
                                                                 {"image/png", ".png"},       {"image/webp", ".webp"},
                                                                 {"video/mp4", ".mp4"},       {"audio/mpeg", ".mp3"}};
    const auto found = std::find_if(std::begin(ends), std::end(ends), [&](const auto& each) { return each.first == media_type; });
    return found == std::end(ends) ? ".bin" : found->second;
}

// "07-che-shan-tuyet": letters that every program unpacks alike.
std::string numbered(std::size_t number, std::string_view called) {
    const std::string digits = std::to_string(number);
    return plain_name((digits.size() < 2 ? "0" : "") + digits + "-", called).substr(0, name_letters_max);
}

class Gathering {
public:
    Gathering(const paper::Source& source, const io::BlobStore& store, Package& package)
        : source_(source), store_(store), package_(package) {
        list_.headings = {"STT",      "Sản phẩm",        "Mã sản phẩm", "Chủ thể", "Đơn vị",
                          "Ngày nộp", "Điểm trung bình", "Hạng sao",    "Thư mục"};
    }

    Result<void> add(const domain::DossierReference& listed) {
        const domain::Product* product = source_.look.product(listed.product);
        const domain::Dossier* dossier = product ? product->dossier(listed.dossier) : nullptr;
        if (!dossier)
            return Error{Errc::not_found,
                         "A dossier of this letter is not on this desk: make its file on a desk that follows them all."};
        const std::string folder = numbered(list_.rows.size() + 1, product->name) + "/";
        add_row(*product, *dossier, folder);
        json::object state = views::dossier(source_.look, *product, *dossier);
        package_.parts.push_back({folder + "HO-SO.json", json::serialize(state) + "\n", {}, product->name, "", "Hồ sơ"});
        std::size_t number = 0;
        for (const domain::Document& document : dossier->documents) {
            for (const domain::DocumentFile& file : document.files) add_file(*product, document, file, folder, ++number);
        }
        note_papers(*product, *dossier);
        return {};
    }

    Result<void> finish() {
        for (const Uuid& meeting : meetings_) {
            if (auto added = take(minutes_paper(source_, meeting.hex()), "Biên bản họp hội đồng"); !added) return added;
        }
        for (const Uuid& decision : decisions_) {
            if (auto added = take(decision_paper(source_, decision.hex(), PaperForm::pdf), "Quyết định"); !added) return added;
        }
        package_.parts.push_back({"DANH-SACH.csv", csv_of(list_), {}, "", "", "Danh sách hồ sơ"});
        return {};
    }

private:
    void add_row(const domain::Product& product, const domain::Dossier& dossier, const std::string& folder) {
        const domain::Registry& registry = source_.look.registry();
        std::string average, stars;
        if (dossier.tally && dossier.tally->sheets > 0) {
            average = views::points_text(domain::average_of(dossier.tally->sum(), dossier.tally->sheets));
            stars = std::to_string(dossier.tally->stars);
        }
        list_.rows.push_back({std::to_string(list_.rows.size() + 1), product.name, product.code, dossier.subject_name,
                              views::unit_name(registry, product.unit, package_.letter.date), to_text(dossier.filing_date), average,
                              stars, folder});
    }

    void add_file(const domain::Product& product, const domain::Document& document, const domain::DocumentFile& file,
                  const std::string& folder, std::size_t number) {
        const log::FileId id{file.root, file.size};
        const domain::Registry& registry = source_.look.registry();
        const std::string kind = views::rule_word(Language::vi, registry, "document", document.document);
        package_.bytes += file.size;
        if (!store_.is_whole(id)) {
            package_.missing.push_back(json::object{{"product", product.id.hex()},
                                                    {"name", product.name},
                                                    {"document", document.document},
                                                    {"title", document.title},
                                                    {"file", file.root.hex()},
                                                    {"bytes", file.size}});
        }
        std::string criteria;
        for (const std::string& criterion : document.criteria) criteria += (criteria.empty() ? "" : " ") + criterion;
        package_.parts.push_back({folder + numbered(number, document.title) + end_of(file.media_type),
                                  {},
                                  id,
                                  product.name,
                                  kind,
                                  document.title,
                                  criteria});
    }

    // Of every council that met about it, and every decision that names it.
    void note_papers(const domain::Product& product, const domain::Dossier& dossier) {
        const domain::Registry& registry = source_.look.registry();
        const auto names_it = [&](const auto& line) { return line.product == product.id && line.dossier == dossier.id; };
        for (const auto& [id, meeting] : registry.meetings) {
            if (meeting.closed && std::any_of(meeting.dossiers.begin(), meeting.dossiers.end(), names_it)) meetings_.insert(id);
        }
        for (const auto& [id, decision] : registry.decisions) {
            if (std::any_of(decision.lines.begin(), decision.lines.end(), names_it)) decisions_.insert(id);
        }
    }

    // A paper that tells of other products too may need some that this desk does not hold: it is left out.
    Result<void> take(Result<Paper> made, const char* title) {
        if (!made && made.error().code == Errc::not_found) return {};
        if (!made) return made.error();
        package_.parts.push_back({unused("VAN-BAN/" + made->name), std::move(made->bytes), {}, "", "", title});
        return {};
    }

    // Two meetings of one day have one name.
    std::string unused(const std::string& name) const {
        const auto is_used = [&](const std::string& asked) {
            return std::any_of(package_.parts.begin(), package_.parts.end(),
                               [&](const PackagePart& part) { return part.name == asked; });
        };
        std::string found = name;
        const auto dot = name.rfind('.');
        for (int i = 2; is_used(found); ++i) found = name.substr(0, dot) + "-" + std::to_string(i) + name.substr(dot);
        return found;
    }

    const paper::Source& source_;
    const io::BlobStore& store_;
    Package& package_;
    Sheet list_;
    std::set<Uuid> meetings_;
    std::set<Uuid> decisions_;
};

// One part after the other, with what it hashes to.
class Writing {
public:
    Writing(ZipFile& zip, io::BlobStore& store) : zip_(zip), store_(store) {}

    Result<Hash> write(const PackagePart& part) {
        const std::uint64_t size = part.file ? part.file->size : part.bytes.size();
        if (auto begun = zip_.begin(part.name, size); !begun) return begun.error();
        if (!part.file) {
            if (auto written = add(as_bytes(part.bytes)); !written) return written.error();
            return hash_.finish();
        }
        for (std::uint64_t offset = 0; offset < size;) {
            const auto piece = store_.read(*part.file, offset, piece_bytes);
            if (!piece) return piece.error();
            if (auto written = add(piece->bytes); !written) return written.error();
            offset += piece->bytes.size();
        }
        return hash_.finish();
    }

private:
    Result<void> add(ByteSpan bytes) {
        hash_.add(bytes);
        return zip_.write(bytes);
    }

    ZipFile& zip_;
    io::BlobStore& store_;
    Sha256 hash_;
};

Result<void> write_parts(const Package& package, io::BlobStore& store, ZipFile& zip) {
    Writing writing(zip, store);
    Sheet table;
    table.headings = {"Tệp", "Sản phẩm", "Giấy tờ", "Tiêu đề", "Tiêu chí", "Số byte", "SHA-256"};
    std::string sums;
    for (const PackagePart& part : package.parts) {
        const auto hash = writing.write(part);
        if (!hash) return hash.error();
        const std::uint64_t size = part.file ? part.file->size : part.bytes.size();
        table.rows.push_back(
            {part.name, part.product, part.document, part.title, part.criteria, std::to_string(size), hash->hex()});
        sums += hash->hex() + "  " + part.name + "\n";
    }
    const PackagePart listed{"MUC-LUC.csv", csv_of(table)};
    const auto hash = writing.write(listed);
    if (!hash) return hash.error();
    const PackagePart last{"SHA256SUMS", sums + hash->hex() + "  " + listed.name + "\n"};
    if (auto written = writing.write(last); !written) return written.error();
    return zip.finish();
}

}  // namespace

Result<Package> package_of(const paper::Source& source, const io::BlobStore& store, const std::string& called) {
    const auto id = find_package(source.look.registry(), called);
    if (!id) return id.error();
    Package package;
    package.letter = source.look.registry().packages.at(*id);
    package.name = plain_name("Ho-so-chuyen-", package.letter.number) + ".zip";
    Gathering gathering(source, store, package);
    for (const domain::DossierReference& listed : package.letter.dossiers) {
        if (auto added = gathering.add(listed); !added) return added.error();
    }
    if (auto finished = gathering.finish(); !finished) return finished.error();
    return package;
}

Result<void> write_package(const Package& package, io::BlobStore& store, const std::filesystem::path& file) {
    if (!package.missing.empty())
        return Error{Errc::not_found, std::to_string(package.missing.size()) +
                                          " files of this letter's dossiers are not on this desk: see package show, and fetch each "
                                          "with evidence get."};
    if (package.bytes > package_bytes_max)
        return Error{Errc::limit, "The files of this letter's dossiers have more than 1 GiB: send fewer dossiers with a letter."};
    auto zip = ZipFile::create(file, package.letter.date);
    if (!zip) return zip.error();
    auto written = write_parts(package, store, **zip);
    std::error_code ignored;
    if (!written) std::filesystem::remove(file, ignored);
    return written;
}

}  // namespace hoso::client::cli
