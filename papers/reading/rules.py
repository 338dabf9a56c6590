"""What speaks for a classification: phrases, and how strongly each of them does.

Phrases are separated by commas, in words as `papers.tokens` cuts them, singular. `a + b` speaks where both
stand somewhere in the text. Gathered by reading the papers of 2024-09 to 2025-01 with their digest's labels.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Rule(NamedTuple):
    """Phrases that settle, suggest, hint at a classification, and that speak against it."""

    settles: str = ""
    suggests: str = ""
    hints: str = ""
    against: str = ""


_MULTIMODAL = {
    "Multimodal": Rule(
        settles="multimodal, multi modal, mllm, lmm, vlm, lvlm, vision language, visual language model, "
        "vision language action, visual question answering, vqa, omni modal, audio visual, video llm",
        suggests="cross modal, image text, video text, modality, gpt 4v, llava, visual instruction tuning, "
        "visual reasoning, visual understanding, video understanding, vl, interleaved, visual grounding, "
        "gui agent, video large language, chart, clip",
        hints="gpt 4o, visual, image + text, video + question, ocr, screenshot",
        against="robot, 3d, text to speech",
    ),
    "Any-to-Any": Rule(
        settles="any to any, omni modal",
        suggests="omni, unified + understanding and generation, arbitrary modality, any modality",
        hints="interleaved + generation, mixed modal",
    ),
    "Audio-Text-to-Text": Rule(
        settles="audio language model, large audio language model, audio question answering, audio text to text, "
        "speech language model, spoken language model",
        suggests="audio understanding, audio reasoning, speech llm, audio captioning, voice assistant, "
        "spoken question answering",
    ),
    "Document Question Answering": Rule(
        settles="document question answering, docvqa, document vqa, document understanding",
        suggests="document parsing, pdf + question, chart understanding, text rich, chart question answering, "
        "chartqa, multi page, infographic",
        hints="document + visual, document + multimodal, ocr, layout",
    ),
    "Image-Text-to-Image": Rule(
        settles="image text to image, instruction based image editing, instruction guided image editing",
        suggests="instruction based editing, image editing + instruction, subject driven + image, "
        "multi reference + image",
        hints="image editing, reference image",
    ),
    "Image-Text-to-Text": Rule(
        settles="image text to text, large vision language model, lvlm",
        suggests="visual instruction tuning, multimodal large language, mllm + image",
        hints="vision language model, interleaved image text, vlm, lmm",
        against="video, robot, reinforcement learning, vision language action, benchmark, hallucination",
    ),
    "Image-Text-to-Video": Rule(
        settles="image text to video, text image to video",
        suggests="subject driven video, reference image + video generation, text and image + video generation",
        hints="image to video + text, subject + video generation",
    ),
    "Video-Text-to-Text": Rule(
        settles="video understanding, video llm, video question answering, videoqa, video large language model, "
        "video language model, video reasoning, video captioning, video large multimodal",
        suggests="video + mllm, video + lmm, video + question, long video + language, video mme, video + vlm, "
        "video + multimodal large language, temporal grounding, video + caption",
        hints="egocentric + video, long video, video + vision language",
        against="video generation, text to video",
    ),
    "Visual Document Retrieval": Rule(
        settles="visual document retrieval, document screenshot, visual rag, colpali, visual document",
        suggests="document retrieval + visual, multimodal retrieval + document, multimodal rag",
    ),
    "Visual Question Answering": Rule(
        settles="visual question answering, vqa, multimodal reasoning, visual reasoning",
        suggests="mllm, lmm, multimodal large language, multimodal benchmark, lvlm, llava, gpt 4v, mathvista, mmmu, "
        "multimodal math",
        hints="vision language model, vlm, multimodal, visual + question, visual understanding, hallucination",
        against="robot, video generation, image generation, text to image, vision language action, embedding, "
        "omni, speech",
    ),
}

_LANGUAGE = {
    "Natural Language Processing": Rule(
        settles="natural language processing, nlp, llm, large language model, pre trained language model",
        suggests="language model, language modeling, llama, chain of thought, in context learning, multilingual, "
        "instruction tuning, retrieval augmented generation, rag, long context, rlhf, tokenizer, qwen, prompting, "
        "low resource language, code generation, perplexity, kv cache",
        hints="reasoning, gpt, language, prompt, token, preference optimization, text generation, linguistic, "
        "dialogue, hallucination, question answering",
        against="image, visual, video, multimodal, vision, 3d, robot, speech, audio, mllm",
    ),
    "Feature Extraction": Rule(
        settles="text embedding, embedding model, sentence embedding, feature extraction",
        suggests="sparse autoencoder, dense embedding, mteb, universal embedding",
        hints="embedding + retrieval",
    ),
    "Fill-Mask": Rule(
        settles="masked language model, masked language modeling, fill mask",
        suggests="bert + pretraining, modernbert, encoder only",
    ),
    "Multiple Choice": Rule(
        settles="multiple choice question answering, mcqa",
        suggests="multiple choice question, multiple choice",
        against="visual, video, image",
    ),
    "Question Answering": Rule(
        settles="question answering, mathematical reasoning, open domain qa, multi hop qa, multi hop question, "
        "math reasoning, knowledge intensive",
        suggests="retrieval augmented generation, rag, qa, math problem, gsm8k, long context + benchmark, aime, "
        "reasoning model, chain of thought, deep research, mathematical problem, mathematical + llm, math + llm, "
        "graduate level, test time scaling, multi hop",
        hints="reasoning + language model, question, answer, reasoning + llm, hallucination, long context, "
        "o1, deepseek r1, benchmark + llm, math",
        against="visual, image, video, multimodal, code generation, speech, robot, 3d, diffusion",
    ),
    "Sentence Similarity": Rule(
        settles="sentence similarity, semantic textual similarity, sentence embedding",
        suggests="text embedding, semantic similarity, mteb",
    ),
    "Summarization": Rule(
        settles="text summarization, document summarization, abstractive summarization",
        suggests="summarization, summarisation, summarizing",
    ),
    "Table Question Answering": Rule(
        settles="table question answering, tableqa, table qa, table understanding, text to sql",
        suggests="table reasoning, tabular question, wikitablequestion, spreadsheet",
    ),
    "Table to Text": Rule(settles="table to text, data to text", suggests="table summarization"),
    "Text Classification": Rule(
        settles="text classification, sentiment analysis, sentiment classification, hate speech",
        suggests="machine generated text, ai generated text, toxicity, content moderation, text detection, "
        "fake news, misinformation, intent classification, guardrail, language identification",
        hints="jailbreak, harmful content, classifier + text",
        against="image, video, 3d",
    ),
    "Text Generation": Rule(
        settles="text generation, language modeling, creative writing, story generation",
        suggests="language model pretraining, diffusion language model, speculative decoding, kv cache, "
        "instruction following, continual pretraining, alignment + llm, preference optimization + language, "
        "technical report + language model, role playing, mixture of expert + language, long form, dpo, "
        "language model + pre training, linear attention, next token prediction, decoding + llm, quantization + llm",
        hints="llm, perplexity, language model, pretraining, rlhf, instruction tuning, synthetic data, llama, "
        "fine tuning + llm, base model, writing, decoding",
        against="image, visual, video, multimodal, vision, 3d, robot, speech, audio, retrieval, benchmark",
    ),
    "Text Ranking": Rule(
        settles="reranking, reranker, passage ranking, text ranking, learning to rank",
        suggests="document ranking, relevance ranking, listwise",
    ),
    "Text Retrieval": Rule(
        settles="text retrieval, dense retrieval, passage retrieval, information retrieval, document retrieval",
        suggests="retriever, search engine, retrieval augmented generation, beir",
        against="image, visual, video",
    ),
    "Text2Text Generation": Rule(
        settles="code generation, text2text, program synthesis, humaneval, swe bench, code llm",
        suggests="software engineering, unit test, livecodebench, competitive programming, coding, code repair, "
        "code large language model, text simplification, grammatical error, paraphrase, text style transfer, "
        "programming, formal proof, theorem proving, github issue",
        hints="code completion, instruction following + llm, code + llm, repository level",
        against="image, visual, video, multimodal",
    ),
    "Token Classification": Rule(
        settles="named entity recognition, ner, token classification, part of speech",
        suggests="entity extraction, relation extraction, information extraction, sequence labeling",
    ),
    "Translation": Rule(
        settles="machine translation, translation quality, speech translation, neural translation",
        suggests="translation, translating, multilingual + cross lingual, low resource language",
        hints="multilingual, bilingual",
        against="image to image translation, image translation, image, video",
    ),
    "Zero-Shot Classification": Rule(
        settles="zero shot classification, zero shot text classification",
        suggests="zero shot + text classification",
        hints="zero shot + classification",
    ),
}

_VISION = {
    "Computer Vision": Rule(
        settles="computer vision, novel view synthesis, pose estimation, gaussian splatting, object detection, "
        "3d reconstruction, human motion, optical flow, point tracking, camera pose, slam, 3d generation",
        suggests="3d gaussian, nerf, multi view, video generation, segmentation, vision transformer, vit, "
        "point cloud, scene + 3d, avatar, image restoration, super resolution, video editing, mesh, animation, "
        "3d scene, motion generation, autonomous driving, inpainting, camera, video diffusion, face, "
        "visual generation, image matching, tracking, medical image, imagenet, relighting, radiance field, video",
        hints="3d, motion, diffusion model, image, scene, rendering, pixel, camera control, view",
        against="mllm, llm, vision language, multimodal, text to image, audio, speech, language model, robot",
    ),
    "Depth Estimation": Rule(
        settles="depth estimation, monocular depth, depth completion, depth prediction",
        suggests="depth map, metric depth, stereo matching, surface normal",
        hints="depth + monocular, dense prediction",
    ),
    "Image Classification": Rule(
        settles="image classification, image recognition, fine grained classification",
        suggests="imagenet classification, vision transformer, vit + imagenet, convolutional neural network",
        hints="imagenet, classification + image, cnn, deepfake, medical image",
        against="image generation, diffusion, language model",
    ),
    "Image Feature Extraction": Rule(
        settles="image feature extraction, visual representation learning, vision foundation model, image retrieval",
        suggests="self supervised + visual, vision encoder, dino, dinov2, visual feature, feature matching, "
        "contrastive + image, image matching, visual encoder",
        hints="clip, contrastive, representation learning",
        against="image generation, video generation, language model, mllm",
    ),
    "Image Segmentation": Rule(
        settles="image segmentation, semantic segmentation, instance segmentation, panoptic segmentation, "
        "referring segmentation, reasoning segmentation, segment anything, segmentation mask",
        suggests="segmentation, sam 2, matting, sam2, segmenting",
    ),
    "Image-to-3D": Rule(
        settles="image to 3d, single image 3d, single image to 3d, novel view synthesis, gaussian splatting, "
        "3d reconstruction, single view reconstruction, 3d gaussian",
        suggests="3d generation, 3d scene, multi view + 3d, single image + 3d, point map, nerf, radiance field, "
        "3d asset, mesh generation, image + 3d, sparse view, avatar + 3d, multi view image, 4d",
        hints="mesh, reconstruction + view, 3d shape, 3d object, geometry",
        against="language model, robot, segmentation",
    ),
    "Image-to-Image": Rule(
        settles="image to image, image editing, style transfer, super resolution, image restoration, "
        "virtual try on, image inpainting, denoising image, image translation, relighting",
        suggests="inpainting, subject driven, controlnet, colorization, deblurring, image customization, "
        "image manipulation, personalization + image, stylization, image compression, reference image, "
        "face restoration, image personalization, outpainting, image harmonization, edited image",
        hints="editing, inversion, image + editing, identity preservation, personalized, controllable + image",
        against="video, 3d",
    ),
    "Image-to-Text": Rule(
        settles="image captioning, optical character recognition, image to text, image caption, ocr",
        suggests="captioning, detailed caption, dense caption, caption + image, handwritten, chart to code, "
        "screenshot to code, design to code, document parsing",
        hints="mllm + image, visual understanding, clip, vision language model + image",
        against="video, image generation, text to image",
    ),
    "Image-to-Video": Rule(
        settles="image to video, i2v, image animation, talking head, portrait animation, image conditioned video, "
        "human image animation, audio driven + video",
        suggests="talking + portrait, character animation, reference image + video, single image + video, "
        "image + animation, frame interpolation, static image + video, identity + video generation",
        hints="camera control + video, video diffusion, image + video generation, animation, trajectory + video",
    ),
    "Keypoint Detection": Rule(
        settles="keypoint detection, pose estimation, human pose, hand pose, landmark detection",
        suggests="keypoint, motion capture, human mesh recovery, point tracking, skeleton",
    ),
    "Mask Generation": Rule(
        settles="mask generation, segment anything",
        suggests="segmentation mask, promptable segmentation, object mask",
        hints="sam 2, matting",
    ),
    "Object Detection": Rule(
        settles="object detection, object detector, yolo, detr",
        suggests="bounding box, open vocabulary detection, small object, anomaly detection + image, coco",
        hints="object tracking, detector + image, grounding + object",
    ),
    "Text-to-3D": Rule(
        settles="text to 3d, 3d generation, 3d asset, 3d content creation, text driven 3d",
        suggests="3d scene generation, 3d content, score distillation, 3d shape generation, texture generation, "
        "text to motion, text + mesh, 3d editing, 3d model generation, motion generation + text, text + 3d",
        hints="texture, mesh, 3d object, 3d shape, 3d + diffusion",
        against="robot, language model, reconstruction",
    ),
    "Text-to-Image": Rule(
        settles="text to image, t2i, text guided image, stable diffusion, flux, text conditioned image",
        suggests="image generation, image synthesis, image editing + diffusion, sdxl, diffusion transformer, "
        "visual generation, personalization + image, subject driven, visual autoregressive, image generator, "
        "unified multimodal + generation, image + diffusion, text rendering, classifier free guidance",
        hints="diffusion model, generative model + image, autoregressive + image, dit, concept + diffusion",
        against="video generation, 3d, super resolution, robot, text to video, diffusion language model",
    ),
    "Text-to-Video": Rule(
        settles="text to video, t2v, video generation, video synthesis, video diffusion, video generative",
        suggests="generating video, generated video, video editing, video generator, video + diffusion, sora, "
        "long video generation, video customization, generation of video, video creation",
        hints="video + generation, world model + video, motion + video, video + generative",
        against="video understanding, talking head, robot, video question answering, image animation",
    ),
    "Unconditional Image Generation": Rule(
        settles="unconditional image generation, unconditional generation, class conditional image, cifar 10",
        suggests="imagenet 256, imagenet + fid, fid + diffusion, imagenet + generation, class conditional, "
        "imagenet + diffusion, celeba, one step generation",
        hints="consistency model, fid, gan, image tokenizer",
        against="text to image, video, language model",
    ),
    "Video Classification": Rule(
        settles="video classification, action recognition, video recognition, activity recognition",
        suggests="video representation, temporal action, deepfake + video, video anomaly, video object segmentation, "
        "video quality, action detection, video segmentation, temporal localization, video retrieval",
        hints="video understanding, long video, egocentric, object tracking, point tracking",
        against="video generation",
    ),
    "Video-to-Video": Rule(
        settles="video to video, video editing, video inpainting, video super resolution, video restoration, "
        "video stylization, video translation",
        suggests="video matting, video relighting, re rendering + video, video colorization, video enhancement, "
        "video outpainting, motion transfer",
    ),
    "Zero-Shot Image Classification": Rule(
        settles="zero shot image classification",
        suggests="clip + zero shot, zero shot + image classification, open vocabulary + image",
        hints="clip + image text, contrastive language image",
        against="generation",
    ),
    "Zero-Shot Object Detection": Rule(
        settles="zero shot object detection, open vocabulary object detection, open set object detection, "
        "grounding dino",
        suggests="open vocabulary detection, open vocabulary + detection, open world detection",
    ),
}

_AUDIO = {
    "Audio": Rule(
        settles="audio generation, music generation, speech synthesis, text to audio, audio language model, music, "
        "speech recognition, text to speech, speech language model, sound effect",
        suggests="speech, audio, spoken, voice, sound, acoustic",
        hints="singing",
        against="video, omni, hate speech, multimodal, image",
    ),
    "Audio Classification": Rule(
        settles="audio classification, sound event, music information retrieval, speech emotion recognition",
        suggests="audio tagging, audio representation, audio understanding, audio deepfake, speaker verification, "
        "music understanding, bioacoustic, emotion recognition + speech",
    ),
    "Audio-to-Audio": Rule(
        settles="audio to audio, speech to speech, voice conversion, speech enhancement, source separation",
        suggests="audio codec, neural codec, audio super resolution, music editing, audio editing, speech codec, "
        "full duplex, voice cloning, spoken dialogue",
    ),
    "Automatic Speech Recognition": Rule(
        settles="automatic speech recognition, speech recognition, asr, speech to text, word error rate",
        suggests="whisper, speech + transcription, speech translation, spoken + language model, speech language model",
        hints="speech + multimodal, speech + omni, speech tokenizer",
    ),
    "Text-to-Audio": Rule(
        settles="text to audio, music generation, audio generation, text to music, video to audio, "
        "sound generation, song generation",
        suggests="foley, sound effect, audio diffusion, music + generation, audio + generative, music composition",
    ),
    "Text-to-Speech": Rule(
        settles="text to speech, tts, speech synthesis, voice cloning, speech generation",
        suggests="speech language model, podcast, zero shot speech, speech + vocoder, singing voice, codec + speech",
        hints="speech + omni, voice assistant, spoken dialogue, voice",
    ),
    "Voice Activity Detection": Rule(
        settles="voice activity detection, speaker diarization",
        suggests="diarization, turn taking + speech, endpoint detection",
    ),
}

_REST = {
    "Tabular": Rule(settles="tabular data", suggests="tabular", hints="table + structured data"),
    "Tabular Classification": Rule(
        settles="tabular classification, tabpfn",
        suggests="tabular + classification, gradient boosted, gradient boosting, xgboost, credit scoring",
    ),
    "Tabular Regression": Rule(
        settles="tabular regression", suggests="tabular + regression, gradient boosting + regression"
    ),
    "Tabular to Text": Rule(settles="tabular to text", suggests="tabular + text generation"),
    "Time Series Forecasting": Rule(
        settles="time series forecasting, time series foundation, time series",
        suggests="forecasting, weather forecasting, traffic prediction, weather prediction",
        hints="temporal prediction",
    ),
    "Reinforcement Learning": Rule(
        settles="reinforcement learning, rl, grpo, ppo, policy gradient, q learning, policy optimization, rlhf, rlvr",
        suggests="reward model, world model, agent + environment, imitation learning, rl training, offline rl, "
        "verifiable reward, actor critic, self play, reward shaping, preference optimization + reward",
        hints="reward, policy, agent, game, exploration, web agent, gui agent, planning",
    ),
    "Robotics": Rule(
        settles="robot, robotic, robotics, embodied, vision language action, vla, dexterous, humanoid, "
        "imitation learning, locomotion",
        suggests="manipulation task, autonomous driving, grasping, navigation + agent, visuomotor, motion planning",
        hints="navigation, drone, action policy, sim to real",
    ),
    "Graph Machine Learning": Rule(
        settles="graph neural network, gnn, graph machine learning, graph learning, graph transformer, "
        "molecular generation",
        suggests="knowledge graph, graph structured, node classification, link prediction, protein, molecule, "
        "molecular, graphrag",
        hints="graph",
    ),
}

RULES: Mapping[str, Rule] = MappingProxyType({**_MULTIMODAL, **_LANGUAGE, **_VISION, **_AUDIO, **_REST})
"""The rule of each name. `Other` has none: it stands for what no rule speaks for."""
