#include "shared/domain/files.hpp"

#include <algorithm>

namespace hoso::domain {
namespace {

bool is_preview(const FileReference& file) { return file.role == preview_role; }

bool fits(const FileRules& rules, const FileReference& file) {
    const auto& types = rules.media_types;
    if (rules.bytes_max > 0 && file.size > rules.bytes_max) return false;
    return types.empty() || std::find(types.begin(), types.end(), file.media_type) != types.end();
}

bool is_form_of(const FileReference& file, std::string_view role) {
    return file.role == role && file.root != Hash{} && file.size > 0 && file.size <= file_bytes_max && !file.media_type.empty();
}

}  // namespace

std::optional<Refusal> refuse_files(const FileRules& rules, const Product& product, std::string_view document,
                                    std::span<const FileReference> files) {
    if (files.size() > document_files_max) return Refusal{Reason::malformed};
    bool may_be_preview = false;
    std::map<Hash, std::uint64_t> sizes;
    for (const FileReference& file : files) {
        const bool preview = may_be_preview && is_preview(file);
        if (!is_form_of(file, preview ? preview_role : document)) return Refusal{Reason::malformed};
        const auto cited = product.files.find(file.root);
        const std::uint64_t size = sizes.try_emplace(file.root, file.size).first->second;
        if (size != file.size || (cited != product.files.end() && cited->second.size != size)) return Refusal{Reason::malformed};
        const bool fit = preview ? file.size <= preview_bytes_max && file.media_type == preview_type : fits(rules, file);
        if (!fit) return Refusal{Reason::unfit_file};
        may_be_preview = !preview;
    }
    return std::nullopt;
}

std::vector<DocumentFile> cite(Product& product, std::span<const FileReference> files) {
    std::vector<DocumentFile> made;
    made.reserve(files.size());
    for (const FileReference& file : files) {
        product.files.try_emplace(file.root, CitedFile{file.size});
        if (is_preview(file) && !made.empty()) {
            made.back().preview = file.root;
            made.back().preview_size = static_cast<std::uint32_t>(file.size);
        } else {
            made.push_back({file.root, file.size, file.media_type, {}, 0});
        }
    }
    return made;
}

std::vector<MissingFile> missing_files(const Product& product, const Dossier& dossier) {
    std::vector<MissingFile> missing;
    std::set<Hash> seen;
    const auto look = [&](const MissingFile& at, const Hash& root) {
        if (root == Hash{} || product.files.at(root).stored != no_position || !seen.insert(root).second) return;
        missing.push_back(at);
    };
    for (const Document& document : dossier.documents) {
        for (const DocumentFile& file : document.files) {
            look({&document, &file, true}, file.preview);
            look({&document, &file, false}, file.root);
        }
    }
    return missing;
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const FileStored& action) {
    const auto cited = product.files.find(action.root);
    if (cited == product.files.end() || cited->second.size != action.size) return Refusal{Reason::unknown_record};
    if (cited->second.stored != no_position) return Refusal{Reason::already_exists, cited->second.stored};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const FileStored& action) {
    product.files.at(action.root).stored = occasion.position;
}

}  // namespace hoso::domain
