<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Map</name>
    <message>
        <source>No roads on the map</source>
        <translation>地图上没有路网</translation>
    </message>
    <message>
        <source>Roads are loading</source>
        <translation>路网正在加载</translation>
    </message>
    <message>
        <source>Calls and crews are shown already.</source>
        <translation>警情和警力已可显示。</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>{n} 分钟前</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>{n} 小时前</translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation>{n} 天前</translation>
    </message>
    <message>
        <source>{n}-minute area</source>
        <translation>{n} 分钟巡区</translation>
    </message>
    <message>
        <source>View locked · ★ fits again</source>
        <translation>视野已锁定 · 按 ★ 回到全图</translation>
    </message>
    <message>
        <source>Click the place on the map · Esc leaves</source>
        <translation>请在地图上点选位置 · Esc 取消</translation>
    </message>
    <message>
        <source>The map cannot be drawn</source>
        <translation>地图无法显示</translation>
    </message>
    <message>
        <source>Its drawing process ended several times. Calls and crews go on in the lists; press ★ to try again.</source>
        <translation>地图绘制进程多次退出。警情和警力请看列表；按 ★ 重试。</translation>
    </message>
    <message>
        <source>The road file holds no road. Ask the technician for the post&apos;s extract.</source>
        <translation>路网文件里没有道路。请找技术员更换本站路网。</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>★ Fit all</source>
        <translation>★ 全图</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>路网</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>Crews</source>
        <translation>警力</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>警情</translation>
    </message>
    <message>
        <source>Export map</source>
        <translation>导出地图</translation>
    </message>
    <message>
        <source>Find a place: street, A road and B street, grid code, lat,lon</source>
        <translation>查找位置：路名、A路与B街、网格码、纬度，经度</translation>
    </message>
    <message>
        <source>Ctrl+F goes here, Enter finds</source>
        <translation>Ctrl+F 到此，回车查找</translation>
    </message>
    <message>
        <source>No place is called “{text}”. Try a shorter word.</source>
        <translation>没有找到“{text}”。请换短一些的词再试。</translation>
    </message>
    <message>
        <source>map.html</source>
        <translation>地图.html</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>The map was written to {path}</source>
        <translation>地图已导出到 {path}</translation>
    </message>
</context>
</TS>
